import { formatMoney } from '../../src/domain/money.ts';
import { PLAN_ACTIONS, type PlanAction, type PlanLine } from '../../src/domain/plan.ts';
import type { previewSync } from '../../src/usecases/preview-sync.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { escapeName, escapeText } from '../words/escape.ts';
import { counted, day, signed } from '../words/wording.ts';

export type Preview = Awaited<ReturnType<typeof previewSync>>;

const LINES_SHOWN = 30;

/** What needs a person first, then what changes; unchanged lines are only counted. */
const SHOWN: readonly { readonly action: PlanAction; readonly title: string }[] = [
  { action: 'blocked', title: 'Blocked: waits for you' },
  { action: 'held', title: 'Held: waits for you' },
  { action: 'create', title: 'First units' },
  { action: 'change', title: 'Changes' },
];

export function planMessage(preview: Preview): Message {
  const { lines, date } = preview;
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
  const hidden = lines.filter((line) => line.action !== 'none').length - (LINES_SHOWN - left);
  return {
    text: verdict,
    blocks: [
      header(verdict),
      context(
        `Plan for ${day(date)}, from the last counts stored. Nothing is changed by looking.`,
        PLAN_ACTIONS.map((action) => `${of(action).length} ${action}`).join(' · '),
      ),
      ...groups,
      ...(hidden > 0 ? [context(`… and ${counted(hidden, 'more line')}; the dashboard has them all.`)] : []),
      ...totals(preview),
      ...runRows([
        ...(lines.length === 0 ? [{ label: 'Map services', command: 'services' }] : []),
        { label: 'Sync now', command: 'sync now' },
        { label: 'Open dashboard', command: 'dashboard' },
      ]),
    ],
  };
}

function lineText(line: PlanLine, { names }: Preview): string {
  const where = `*${escapeName(names.organization(line.organizationId))}* · ${escapeName(names.service(line.contractServiceId))}`;
  const because = escapeText(line.reason.text);
  if (line.oldUnits === line.newUnits) return `• ${where}: ${line.newUnits} units. ${because}`;
  return (
    `• ${where}: ${line.oldUnits} → ${line.newUnits} units from ${day(line.effectiveDate)}, ` +
    `${signed(line.amount, line.currency)}. ${because}`
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
