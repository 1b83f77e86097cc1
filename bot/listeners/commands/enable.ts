import { enableModule } from '../../../src/usecases/enable-module.ts';
import type { BotContext } from '../../bot-context.ts';
import { moduleSwitchedMessage } from '../../messages/module-switched-message.ts';
import { loadEnableView } from '../../screens/load-enable-view.ts';
import type { Call } from '../../slack/call.ts';
import { answer, showModal } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';

/** `/icb enable`: the modules as tiles. `/icb enable Datto RMM`: switches it on at once. */
export async function enable(
  bot: BotContext,
  call: Call,
  { module }: Extract<Command, { verb: 'enable' }>,
): Promise<void> {
  if (module !== undefined) {
    const view = await enableModule(bot.core, { module, by: call.by });
    return answer(bot, call, moduleSwitchedMessage(view));
  }
  await showModal(bot, call, 'Enable modules', () =>
    loadEnableView(bot, { v: 1, page: 0, ...(call.channel ? { channel: call.channel } : {}) }),
  );
}
