import { explainItem } from '../../../src/usecases/explain-item.ts';
import type { BotContext } from '../../bot-context.ts';
import { explanationMessage } from '../../messages/explanation-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';

/** `/icb explain ID`: why a billing item is what it is; the beginning of an id or a pasted link will do. */
export async function explain(
  bot: BotContext,
  call: Call,
  { id }: Extract<Command, { verb: 'explain' }>,
): Promise<void> {
  const explanation = await explainItem(bot.core, id);
  const url = bot.baseUrl && `${bot.baseUrl}/dashboard/items/${encodeURIComponent(explanation.item.id)}`;
  await answer(bot, call, explanationMessage(explanation, url));
}
