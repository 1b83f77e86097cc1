import { listModules } from '../../../src/usecases/list-modules.ts';
import { previewDisable } from '../../../src/usecases/preview-disable.ts';
import type { BotContext } from '../../bot-context.ts';
import { disableMessage } from '../../messages/disable-message.ts';
import { moduleSwitchedMessage } from '../../messages/module-switched-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';
import { enable } from './enable.ts';

/**
 * `/icb disable Datto RMM`: what would freeze, with a button that switches it off; without a module, the tiles with their
 * switches. Changes nothing itself: units freeze for every customer at once, and a mistyped name is not noticed for nights.
 */
export async function disable(
  bot: BotContext,
  call: Call,
  { module }: Extract<Command, { verb: 'disable' }>,
): Promise<void> {
  if (module === undefined) return enable(bot, call, { verb: 'enable' });
  const preview = await previewDisable(bot.core, module);
  const off = preview.enabled
    ? undefined
    : (await listModules(bot.core)).find(({ id }) => id === preview.module.id);
  await answer(bot, call, off ? moduleSwitchedMessage(off) : disableMessage(preview));
}
