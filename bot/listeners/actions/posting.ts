import { IcbError } from '../../../src/domain/errors.ts';
import { approvePostRequest } from '../../../src/usecases/approve-and-post.ts';
import { PostRequestValue, read } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { postedMessage } from '../../messages/posted-message.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { answer } from '../../slack/surface.ts';

/** Approve and post on a request: by somebody else than who asked, and only what was asked. */
export async function approvePosting(bot: BotContext, call: Call, action: Action): Promise<void> {
  const value = read(PostRequestValue, action.value ?? undefined);
  if (!value) throw new IcbError('not-found', 'This button is from an older icb. Use /icb post.');
  const { result } = await approvePostRequest(bot.core, { by: call.by, id: value.request });
  await answer(bot, call, postedMessage(result, call.by, bot.core.clock.now()));
}
