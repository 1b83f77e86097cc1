import { IcbError } from '../../../src/domain/errors.ts';
import { undoChange } from '../../../src/usecases/undo-change.ts';
import { read, UndoValue } from '../../action-ids.ts';
import { context, section, sectionsOf } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { answer } from '../../slack/surface.ts';
import { escapeName, escapeText } from '../../words/escape.ts';
import { listed, when, who } from '../../words/wording.ts';

/** Undo on a confirmation: puts back what nobody has changed since. */
export async function undo(bot: BotContext, call: Call, action: Action): Promise<void> {
  const value = read(UndoValue, action.value ?? undefined);
  if (!value)
    throw new IcbError('not-found', 'This Undo is from an older icb. Nothing was changed; see /icb log.');
  const { lines, left } = await undoChange(bot.core, { by: call.by, change: value.change });
  const text = lines.length > 0 ? 'Taken back' : 'Nothing was taken back';
  await answer(bot, call, {
    text,
    blocks: [
      section(`*${text}*`),
      ...sectionsOf(lines.map((line) => `• ${escapeText(line)}`)),
      ...(left.length > 0
        ? [
            section(
              `Left alone, because changed since: ${listed(left.slice(0, 20).map((name) => escapeName(name)))}.`,
            ),
          ]
        : []),
      context(`By ${who(call.by)}, ${when(bot.core.clock.now().toString())}`),
    ],
  });
}
