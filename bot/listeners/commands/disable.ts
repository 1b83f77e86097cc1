import { disableModule } from '../../../src/usecases/disable-module.ts';
import type { BotContext } from '../../bot-context.ts';
import { moduleSwitchedMessage } from '../../messages/module-switched-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';
import { enable } from './enable.ts';

/** `/icb disable Datto RMM`; without a module, the tiles with their switches. */
export async function disable(
  bot: BotContext,
  call: Call,
  { module }: Extract<Command, { verb: 'disable' }>,
): Promise<void> {
  if (module === undefined) return enable(bot, call, { verb: 'enable' });
  const view = await disableModule(bot.core, { module, by: call.by });
  await answer(bot, call, moduleSwitchedMessage(view));
}
