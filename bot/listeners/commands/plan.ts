import { previewSync } from '../../../src/usecases/preview-sync.ts';
import type { BotContext } from '../../bot-context.ts';
import { planMessage } from '../../messages/plan-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';

/** `/icb plan`: what a sync would change, from the last counts stored. Changes nothing. */
export async function plan(bot: BotContext, call: Call): Promise<void> {
  await answer(bot, call, planMessage(await previewSync(bot.core)));
}
