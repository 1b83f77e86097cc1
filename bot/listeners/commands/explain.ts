import { explainItem } from '../../../src/usecases/explain-item.ts';
import type { BotContext } from '../../bot-context.ts';
import { explanationMessage } from '../../messages/explanation-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';

/** `/icb explain ID`: why a billing item is what it is. */
export async function explain(
  bot: BotContext,
  call: Call,
  { id }: Extract<Command, { verb: 'explain' }>,
): Promise<void> {
  await answer(bot, call, explanationMessage(await explainItem(bot.core, id)));
}
