import type { AuditEntry } from '../../src/domain/audit.ts';
import type { ActivityView } from '../../src/usecases/list-activity.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { mentionIds } from '../words/mention-ids.ts';
import { when, where, who } from '../words/wording.ts';

export const logMessage = (audit: readonly AuditEntry[], activity: readonly ActivityView[]): Message => ({
  text: 'The log',
  blocks: [
    header('Who changed what'),
    ...(audit.length > 0 ? sectionsOf(audit.map(auditLine)) : [context('Nobody has changed anything yet.')]),
    header('What the last syncs did'),
    ...(activity.length > 0 ? sectionsOf(activity.map(activityLine)) : [section('No sync has run yet.')]),
    ...runRows([
      { label: 'Send me a CSV', command: 'log csv' },
      { label: 'Open dashboard', command: 'dashboard' },
    ]),
  ],
});

const auditLine = (entry: AuditEntry): string =>
  `• ${when(entry.at)}, ${who(entry.by)}${where(entry.place)}: ${mentionIds(escapeText(clip(entry.text, 250)), idsIn(entry))}`;

/** Entries that speak of people and channels, whom the core knows by their ids alone. */
const ABOUT_SLACK: ReadonlySet<string> = new Set(['set-settings', 'grant-role', 'ask-about-line']);
const IDS_UNDER: ReadonlySet<string> = new Set(['userId', 'channel', 'subject']);

/** The people and channels that an entry's own records name; its text may hold words from outside too. */
function idsIn(entry: AuditEntry): ReadonlySet<string> {
  if (!ABOUT_SLACK.has(entry.action)) return new Set();
  const { subject, before, after } = entry;
  return new Set(idsUnder({ subject, before, after }));
}

const idsUnder = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        typeof inner === 'string' && IDS_UNDER.has(key) ? [inner] : idsUnder(inner),
      )
    : [];

const RESULTS: Readonly<Record<ActivityView['result'], string>> = {
  up: 'Up',
  down: 'Down',
  same: 'Same',
  failed: 'Failed',
  held: 'Held',
  blocked: 'Blocked',
};

function activityLine(row: ActivityView): string {
  const units =
    row.oldUnits !== undefined && row.newUnits !== undefined && row.oldUnits !== row.newUnits
      ? ` ${row.oldUnits} → ${row.newUnits} units.`
      : '';
  const where = [row.organization, row.service ?? row.billingTypeLabel, row.moduleName]
    .flatMap((name) => (name ? escapeName(name) : []))
    .join(' · ');
  return `• *${RESULTS[row.result]}* ${when(row.at)}, ${where}.${units} ${escapeText(clip(row.reason.text, 200))}`;
}
