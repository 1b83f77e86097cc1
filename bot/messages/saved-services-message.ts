import type { Actor } from '../../src/domain/actor.ts';
import { actions, context, type Message, section, sectionsOf } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { templateButton } from '../template-button.ts';
import { undoBeforeSync, undoButton } from '../undo-button.ts';
import { escapeName, escapeText } from '../words/escape.ts';
import { counted, when, who } from '../words/wording.ts';

export interface SavedServices {
  /** Whose they are: an organization's name, `3 contracts`. */
  readonly whose: string;
  /** What is typed to change them again. */
  readonly command: string;
  /** The contract whose mappings others may get too. */
  readonly template?: string | undefined;
  /** A sentence for each mapping that was saved. */
  readonly lines: readonly string[];
  /** Shown in their place, where they are too many or do not say whose they are. */
  readonly shown?: readonly string[];
  readonly warnings: readonly string[];
  readonly by: Actor;
  readonly at: Temporal.Instant;
  /** The audit entry to take back; none where nothing changed. */
  readonly change?: string | undefined;
}

const LINES_SHOWN = 40;

/** What was saved for an organization's contracts, by whom and when. */
export function savedServicesMessage(saved: SavedServices): Message {
  const { lines, warnings } = saved;
  const told = lines.length > 0 ? (saved.shown ?? lines) : [];
  const buttons = [
    ...(saved.template ? [templateButton(saved.template)] : []),
    ...(saved.change ? [undoButton(saved.change, 'Undo these service mappings')] : []),
  ];
  const text =
    lines.length === 0
      ? 'This was saved already.'
      : `${counted(lines.length, 'service mapping')} saved for ${escapeName(saved.whose)}`;
  return {
    text,
    blocks: [
      section(`*${text}*`),
      ...sectionsOf(told.slice(0, LINES_SHOWN).map((line) => `• ${escapeText(line)}`)),
      ...(told.length > LINES_SHOWN ? [context(`… and ${told.length - LINES_SHOWN} more`)] : []),
      ...sectionsOf(warnings.map((warning) => `*Careful:* ${escapeText(warning)}`)),
      context(
        `By ${who(saved.by)}, ${when(saved.at.toString())}${saved.change ? ` · ${undoBeforeSync(saved.at.toString())}` : ''}`,
      ),
      ...runRows([
        { label: 'Sync now', command: 'sync now', style: 'primary' },
        { label: 'Preview', command: 'sync preview' },
        { label: 'Change again', command: saved.command },
      ]),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
    ],
  };
}
