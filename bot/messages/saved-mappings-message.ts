import type { Actor } from '../../src/domain/actor.ts';
import { actions, context, type Message, section, sectionsOf } from '../blocks.ts';
import { type RunButton, runButton } from '../run-buttons.ts';
import type { Target } from '../screens/map-rows.ts';
import { undoButton, undoTime } from '../undo-button.ts';
import { escapeText } from '../words/escape.ts';
import { counted, when, who } from '../words/wording.ts';

export interface SavedMappings {
  readonly lines: readonly string[];
  /** What they are; mappings when left out. */
  readonly noun?: 'mapping' | 'decision';
  readonly by: Actor;
  readonly at: Temporal.Instant;
  /** The audit entry to take back; none where nothing changed. */
  readonly change?: string | undefined;
  /** Organizations that now have usage, for the way on to their services. */
  readonly organizations: readonly Target[];
}

const LINES_SHOWN = 40;

/** What was saved, by whom and when, with the way back and the way on. */
export function savedMappingsMessage(saved: SavedMappings): Message {
  const { lines } = saved;
  const undo = saved.change === undefined ? undefined : undoButton(saved.change);
  const [first] = saved.organizations;
  const text =
    lines.length === 0
      ? 'This was saved already.'
      : `${counted(lines.length, saved.noun ?? 'mapping')} saved`;
  return {
    text,
    blocks: [
      section(`*${text}*`),
      ...sectionsOf(lines.slice(0, LINES_SHOWN).map((line) => `• ${escapeText(line)}`)),
      ...(lines.length > LINES_SHOWN ? [context(`… and ${lines.length - LINES_SHOWN} more`)] : []),
      context(
        `By ${who(saved.by)}, ${when(saved.at.toString())}${undo ? ` · ${undoTime(saved.at.toString())}` : ''}`,
      ),
      actions([
        ...(first === undefined ? [] : [runButton(servicesOf(first), 1)]),
        runButton({ label: 'Map more', command: 'map' }, 2),
        ...(undo ? [undo] : []),
      ]),
    ],
  };
}

const servicesOf = ({ id, name }: Target): RunButton => ({
  label: `Services of ${name}`,
  command: `services ${id}`,
  style: 'primary',
});
