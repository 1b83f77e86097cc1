import type { KnownBlock } from '@slack/types';
import { formatMoney } from '../../src/domain/money.ts';
import { PLAN_ACTIONS, type PlanAction } from '../../src/domain/plan.ts';
import type { UnitRule } from '../../src/domain/service-mapping.ts';
import type { LineFate } from '../../src/usecases/line-fates.ts';
import type { PlanGroup } from '../../src/usecases/plan-groups.ts';
import type { PreviewLine, previewSync } from '../../src/usecases/preview-sync.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { escapeName, escapeText } from '../words/escape.ts';
import { counted, day, signed } from '../words/wording.ts';
import { heldSection } from './held-section.ts';
import { moved } from './summary-money-lines.ts';

export type Preview = Awaited<ReturnType<typeof previewSync>>;

const LINES_SHOWN = 10;

export interface PlanMessageOptions {
  /** Whether this person may decide: viewers see held lines without buttons. */
  readonly mayDecide: boolean;
  /** The business instant the message was first made at. */
  readonly shown: string;
  /** What people decided about held lines since then; undefined on the first showing. */
  readonly decided?: readonly LineFate[];
  /** Stands on top: what could not be done. mrkdwn, already escaped. */
  readonly note?: string;
}

/** After what is held: what is blocked, then what changes; unchanged lines are only counted. */
const SHOWN: readonly { readonly action: PlanAction; readonly title: string }[] = [
  { action: 'blocked', title: 'Blocked: waits for you' },
  { action: 'create', title: 'First units' },
  { action: 'change', title: 'Changes' },
];

/** What a run would do now: held lines first, to be decided on the spot. */
export function planMessage(preview: Preview, options: PlanMessageOptions): Message {
  const { lines, date, names } = preview;
  const { decided = [] } = options;
  const of = (action: PlanAction) => lines.filter((line) => line.action === action);
  const verdict =
    lines.length === 0
      ? 'Nothing is mapped to services yet'
      : of('create').length + of('change').length === 0
        ? 'A sync would change nothing'
        : `A sync would make ${counted(of('create').length + of('change').length, 'change')}`;
  let left = LINES_SHOWN;
  const groups = SHOWN.flatMap(({ action, title }) => {
    const group = of(action);
    const shown = group.slice(0, left);
    left -= shown.length;
    return shown.length === 0
      ? []
      : sectionsOf([`*${title}* (${group.length})`, ...shown.map((line) => lineText(line, preview))]);
  });
  const listed = SHOWN.reduce((sum, { action }) => sum + of(action).length, 0);
  const hidden = listed - (LINES_SHOWN - left);
  const waits = of('held').length > 0 ? `${counted(of('held').length, 'count')} held. ` : '';
  return {
    text: `${waits}${verdict}`,
    blocks: [
      ...(options.note ? [section(options.note)] : []),
      header(verdict),
      context(
        `Plan for ${day(date)}, from the last counts stored. Nothing is changed by looking.`,
        PLAN_ACTIONS.map((action) => `${of(action).length} ${action}`).join(' · '),
      ),
      ...heldSection(of('held'), decided, names, {
        today: date,
        buttons: options.mayDecide,
        shown: options.shown,
      }),
      ...groups,
      ...(hidden > 0
        ? [context(`… and ${counted(hidden, 'more line')}; the dashboard and the CSV file have them all.`)]
        : []),
      ...totals(preview),
      ...groupBlocks('module', preview.groups.module),
      ...groupBlocks('organization', preview.groups.organization),
      ...runRows([
        ...(lines.length === 0 ? [{ label: 'Map services', command: 'services' }] : []),
        { label: 'Sync now', command: 'sync now' },
        { label: 'Open dashboard', command: 'dashboard' },
        ...(lines.length > 0 ? [{ label: 'Send me a CSV', command: 'plan csv' }] : []),
      ]),
    ],
  };
}

const RULES: Readonly<Record<UnitRule, string>> = {
  'prorate-daily': 'prorated daily',
  'next-period': 'next period',
  peak: 'peak',
};

const ruleText = ({ unitRule, dropRule }: PreviewLine): string =>
  unitRule ? ` (${RULES[unitRule]}${dropRule ? `, drops ${RULES[dropRule]}` : ''})` : '';

function lineText(line: PreviewLine, { names }: Preview): string {
  const where = `*${escapeName(names.organization(line.organizationId))}* · ${escapeName(names.service(line.contractServiceId))}`;
  const because = escapeText(line.reason.text);
  if (line.oldUnits === line.newUnits) return `• ${where}: ${line.newUnits} units. ${because}`;
  return (
    `• ${where}: ${line.oldUnits} → ${line.newUnits} units from ${day(line.effectiveDate)}, ` +
    `${moved([line])}${ruleText(line)}. ${because}`
  );
}

function totals({ totals: sums }: Preview) {
  const moving = sums.filter((sum) => sum.amount !== '0.00' || sum.monthlyAmount !== '0.00');
  return moving.length === 0
    ? []
    : [
        section(
          moving
            .map(
              (sum) =>
                `*Together ${signed(sum.amount, sum.currency)}* now, ${formatMoney(sum.monthlyAmount, sum.currency)} a month from then on`,
            )
            .join('\n'),
        ),
      ];
}

const GROUPS_SHOWN = 8;

/** What changes in each module or organization, most lines first; one alone says no more than the total. */
function groupBlocks(by: 'module' | 'organization', groups: readonly PlanGroup[]): KnownBlock[] {
  if (groups.length < 2) return [];
  const hidden = groups.length - GROUPS_SHOWN;
  return sectionsOf([
    `*By ${by}*`,
    ...groups
      .toSorted((a, b) => b.lines - a.lines)
      .slice(0, GROUPS_SHOWN)
      .map((group) => `• ${escapeName(group.label)}: ${moved([group])} · ${counted(group.lines, 'line')}`),
    ...(hidden > 0 ? [`… and ${hidden} more.`] : []),
  ]);
}
