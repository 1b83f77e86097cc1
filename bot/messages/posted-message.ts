import type { Actor } from '../../src/domain/actor.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import type { PostResult } from '../../src/usecases/approve-and-post.ts';
import { context, type Message, section, sectionsOf } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { escapeText } from '../words/escape.ts';
import { amounts, counted, when, who } from '../words/wording.ts';

const SKIPPED_SHOWN = 10;

/** A posting as the audit has it, when it could not be announced at once. */
export const announcementOf = ({ text, by, at }: AuditEntry): Message => ({
  text: escapeText(text),
  blocks: [section(`*${escapeText(text)}*`), context(`By ${who(by)}, ${when(at)}`), ...runRows(ONWARD)],
});

const ONWARD = [
  { label: 'Billing items', command: 'items' },
  { label: 'Open dashboard', command: 'dashboard' },
];

/** What was posted, by whom and when; what was left out, and why. */
export function postedMessage(
  { posted, totals, skipped }: PostResult,
  by: Actor,
  at: Temporal.Instant,
): Message {
  const text = `Posted ${counted(posted, 'item')} · ${amounts(totals)}`;
  const reasons = Map.groupBy(skipped, (one) => one.because);
  return {
    text,
    blocks: [
      section(`*${text}*`),
      context(`By ${who(by)}, ${when(at.toString())}`),
      ...sectionsOf(
        [...reasons]
          .slice(0, SKIPPED_SHOWN)
          .map(
            ([because, items]) => `• Not posted: ${counted(items.length, 'item')}, ${escapeText(because)}`,
          ),
      ),
      ...runRows(ONWARD),
    ],
  };
}
