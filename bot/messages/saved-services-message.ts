import type { Actor } from '../../src/domain/actor.ts';
import { actions, context, type Message, section, sectionsOf } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { undoBeforeSync, undoButton } from '../undo-button.ts';
import { escapeName, escapeText } from '../words/escape.ts';
import { counted, when, who } from '../words/wording.ts';

export interface SavedServices {
  readonly organization: { readonly id: string; readonly name: string };
  readonly lines: readonly string[];
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
  const text =
    lines.length === 0
      ? 'This was saved already.'
      : `${counted(lines.length, 'service mapping')} saved for ${escapeName(saved.organization.name)}`;
  return {
    text,
    blocks: [
      section(`*${text}*`),
      ...sectionsOf(lines.slice(0, LINES_SHOWN).map((line) => `• ${escapeText(line)}`)),
      ...(lines.length > LINES_SHOWN ? [context(`… and ${lines.length - LINES_SHOWN} more`)] : []),
      ...sectionsOf(warnings.map((warning) => `*Careful:* ${escapeText(warning)}`)),
      context(
        `By ${who(saved.by)}, ${when(saved.at.toString())}${saved.change ? ` · ${undoBeforeSync(saved.at.toString())}` : ''}`,
      ),
      ...runRows([
        { label: 'Sync now', command: 'sync now', style: 'primary' },
        { label: 'Preview', command: 'sync preview' },
        { label: 'Change again', command: `services ${saved.organization.id}` },
      ]),
      ...(saved.change ? [actions([undoButton(saved.change, 'Undo these service mappings')])] : []),
    ],
  };
}
