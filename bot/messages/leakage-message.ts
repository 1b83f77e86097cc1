import { formatMoney } from '../../src/domain/money.ts';
import type { LeakageGroup, LeakageSum } from '../../src/usecases/leakage-totals.ts';
import type { Leakage, LeakageView } from '../../src/usecases/list-leakage.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { type RunButton, runRows } from '../run-buttons.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { amounts, counted, day } from '../words/wording.ts';

const ROWS_SHOWN = 10;
const MODULES_SHOWN = 24;

type Lost = Pick<LeakageSum, 'units' | 'amounts'>;

/** `214 units · $1,020.00 a month bill nowhere`. */
export const leakageLine = (lost: Lost): string =>
  `${figures(lost)} ${lost.units === 1 ? 'bills' : 'bill'} nowhere`;

const figures = (lost: Lost): string =>
  [
    counted(lost.units, 'unit'),
    ...(lost.amounts.length > 0 ? [`${amounts(lost.amounts)} a month`] : []),
  ].join(' · ');

/** What is counted and bills nowhere: how much, why, of which modules, since when, and the largest rows. */
export function leakageMessage({ rows, totals, counted: known }: Leakage): Message {
  if (rows.length === 0) return nothing(known);
  const verdict = leakageLine(totals);
  const hidden = rows.length - ROWS_SHOWN;
  return {
    text: verdict,
    blocks: [
      header(verdict),
      context(
        'From the last counts stored, at the price on the contract or at what others typically pay.',
        ...(totals.unpricedUnits > 0
          ? [`${counted(totals.unpricedUnits, 'unit')} without a known price`]
          : []),
      ),
      ...sectionsOf(['*Why*', ...totals.byReason.map(groupLine)]),
      ...sectionsOf(['*By module*', ...totals.byModule.slice(0, MODULES_SHOWN).map(groupLine)]),
      ...sectionsOf(['*For how long*', ...totals.byAge.map(groupLine)]),
      ...sectionsOf([
        hidden > 0 ? `*The ${ROWS_SHOWN} largest*` : '*Row by row*',
        ...rows.slice(0, ROWS_SHOWN).map(rowLine),
      ]),
      ...(hidden > 0
        ? [context(`… and ${counted(hidden, 'more row')}; the dashboard and the CSV file have them all.`)]
        : []),
      ...runRows(buttons(totals.byReason)),
    ],
  };
}

const nothing = (known: boolean): Message => {
  const text = known ? 'Everything that is counted is billed.' : 'Nothing has been counted yet.';
  return {
    text,
    blocks: [
      section(known ? `*${text}*` : `*${text}* Enable a module and sync first.`),
      ...runRows([
        known ? { label: 'Plan', command: 'plan' } : { label: 'Setup', command: 'setup' },
        { label: 'Open dashboard', command: 'dashboard' },
      ]),
    ],
  };
};

const groupLine = (group: LeakageGroup): string => `• ${escapeName(group.label)}: ${figures(group)}`;

function rowLine(row: LeakageView): string {
  const where = [row.organization, row.moduleOrganization].filter(
    (name, at, all) => name !== undefined && all.indexOf(name) === at,
  );
  const money = row.amount && row.currency ? `, ${formatMoney(row.amount, row.currency)} a month` : '';
  const [first = '', ...others] = where.map((name) => escapeName(name ?? ''));
  return (
    `• *${first}*${others.map((name) => ` (${name})`).join('')} · ${escapeName(row.billingTypeLabel)}: ` +
    `${counted(row.units, 'unit')}${money}, since ${day(row.since)}. ${escapeText(clip(row.reason.text, 200))}`
  );
}

const MAPPABLE: ReadonlySet<string> = new Set(['unmapped-organization', 'ignored-organization']);

const buttons = (reasons: Leakage['totals']['byReason']): RunButton[] => [
  {
    label: 'Map now',
    command: 'map',
    ...(reasons.some(({ key }) => MAPPABLE.has(key)) ? { style: 'primary' as const } : {}),
  },
  { label: 'Services', command: 'services' },
  { label: 'Open dashboard', command: 'dashboard' },
  { label: 'Send me a CSV', command: 'plan leakage csv' },
];
