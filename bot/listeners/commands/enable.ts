import { enableModule } from '../../../src/usecases/enable-module.ts';
import type { BotContext } from '../../bot-context.ts';
import type { Call } from '../../call.ts';
import type { Command } from '../../grammar.ts';
import { loadEnableView } from '../../load-enable-view.ts';
import { moduleSwitchedMessage } from '../../messages/module-switched-message.ts';
import { answer, showModal } from '../../surface.ts';

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
