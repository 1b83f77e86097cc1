import type { Actor } from '../../src/domain/actor.ts';
import type { UsageUpload } from '../../src/domain/usage-upload.ts';
import { UNDO_HOURS } from '../../src/usecases/undo-usage.ts';
import { ACTIONS, UsageUndoValue, write } from '../action-ids.ts';
import { actions, button, context, type Message, section } from '../blocks.ts';
import { runButton } from '../run-buttons.ts';
import { escapeName } from '../words/escape.ts';
import { counted, when, who } from '../words/wording.ts';

interface Saved {
  readonly file: string;
  readonly module: string;
  readonly accepted: number;
  readonly changed: number;
  readonly upload?: UsageUpload;
  readonly by: Actor;
  readonly at: Temporal.Instant;
}

/** What was taken in, by whom, with the way back and the way on. */
export function usageSavedMessage({ file, module, accepted, changed, upload, by, at }: Saved): Message {
  const text = upload
    ? `${counted(accepted, 'count')} of ${escapeName(module)} taken in from ${escapeName(file)}; ${changed} new or changed`
    : `Every count of ${escapeName(file)} was known already; nothing was changed`;
  return {
    text,
    blocks: [
      section(`*${text}.*${upload ? ' Units change with the next sync.' : ''}`),
      context(
        `Saved by ${who(by)}, ${when(at.toString())}`,
        ...(upload
          ? [`Can be undone for ${UNDO_HOURS} hours, while no later upload replaced the same counts.`]
          : []),
      ),
      actions([
        runButton({ label: 'Show the plan', command: 'plan' }, 1),
        runButton({ label: 'Sync now', command: 'sync now' }, 2),
        ...(upload
          ? [
              button(ACTIONS.usage.undo, 'Undo', {
                value: write(UsageUndoValue, { v: 1, upload: upload.id }),
              }),
            ]
          : []),
      ]),
    ],
  };
}

/** A message whose file is done with. */
export const usageClosedMessage = (text: string, by: Actor, at: Temporal.Instant): Message => ({
  text: escapeName(text, 400),
  blocks: [section(`*${escapeName(text, 400)}.*`), context(`By ${who(by)}, ${when(at.toString())}`)],
});
