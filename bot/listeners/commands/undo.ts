import { lastUndoable } from '../../../src/usecases/last-undoable.ts';
import { actions, context, type Message, section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { runRows } from '../../run-buttons.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import { undoButton, undoTime } from '../../undo-button.ts';
import { escapeText } from '../../words/escape.ts';
import { when } from '../../words/wording.ts';

/** `/icb undo`: offers to take back this person's last change of a day that can be: a mapping, or a decision on held counts. */
export async function undo(bot: BotContext, call: Call): Promise<void> {
  const found = await lastUndoable(bot.core, call.by);
  if (!found) return answer(bot, call, nothingToUndo);
  const { entry: last, newerPassed } = found;
  const passed = newerPassed ? 'Newer changes of yours are taken back already, or a sync went by them. ' : '';
  await answer(bot, call, {
    text: 'Take back your last change?',
    blocks: [
      section(`*Take back your last change?*\n${escapeText(last.text)}`),
      context(
        `${passed}Made ${when(last.at)}. ${undoTime(last.at)}. What was changed since, or a sync went by, stays as it is.`,
      ),
      actions([undoButton(last.id, `Undo: ${last.text}`)]),
    ],
  });
}

const nothingToUndo: Message = {
  text: 'Nothing to undo',
  blocks: [
    section(
      'I find no change of yours of the last day to take back. Mappings and decisions on held counts can be undone here; a posting cannot, and other things are changed back where they were made.',
    ),
    ...runRows([
      { label: 'Map organizations', command: 'map' },
      { label: 'Map services', command: 'services' },
      { label: 'Enable modules', command: 'enable' },
    ]),
  ],
};
