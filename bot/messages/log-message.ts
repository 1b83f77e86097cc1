import type { AuditEntry } from '../../src/domain/audit.ts';
import type { ActivityView } from '../../src/usecases/list-activity.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
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
  `• ${when(entry.at)}, ${who(entry.by)}${where(entry.place)}: ${escapeText(clip(entry.text, 250))}`;

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
