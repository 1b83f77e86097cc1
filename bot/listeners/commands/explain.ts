import { explainItem } from '../../../src/usecases/explain-item.ts';
import type { Message } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { explanationMessage } from '../../messages/explanation-message.ts';
import { explainView } from '../../modals/explain-view.ts';
import { messageView } from '../../modals/notice-view.ts';
import type { Call } from '../../slack/call.ts';
import { answer, showModal } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';

/**
 * `/icb explain ID`: why a billing item is what it is; the beginning of an id or a pasted link will do. Without one, a
 * modal to find it in.
 */
export async function explain(
  bot: BotContext,
  call: Call,
  { id }: Extract<Command, { verb: 'explain' }>,
): Promise<void> {
  if (id === undefined) return showModal(bot, call, 'Explain', async () => explainView());
  // From a shortcut there is no place to answer at but a modal.
  if (!call.view && !call.responseUrl && call.triggerId)
    return showModal(bot, call, 'Explain', async () => messageView('Explain', await explanationOf(bot, id)));
  await answer(bot, call, await explanationOf(bot, id));
}

export async function explanationOf(bot: BotContext, id: string): Promise<Message> {
  const explanation = await explainItem(bot.core, id);
  const url = bot.baseUrl && `${bot.baseUrl}/dashboard/items/${encodeURIComponent(explanation.item.id)}`;
  return explanationMessage(explanation, url);
}
