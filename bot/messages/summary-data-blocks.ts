import type { KnownBlock } from '@slack/types';
import { formatMoney } from '../../src/domain/money.ts';
import type { TrendPoint } from '../../src/usecases/run-trend.ts';
import type { SummaryChange } from '../../src/usecases/sync-summary.ts';
import { context, section } from '../blocks.ts';
import { counted, day } from '../words/wording.ts';
import { CHART_POINTS, dataTable, lineChart } from './data-blocks.ts';
import { moved } from './summary-money-lines.ts';

/** Up to here lines of text are read faster than a table. */
export const ROWS_AS_TEXT = 10;

const HEAD = ['Organization', 'Service', 'Before', 'Now', 'Money', 'Module'];

/** Every change as a row, as far as there is room; the thread has them all. */
export function changeTable(changes: readonly SummaryChange[]): KnownBlock[] {
  const { block, shown } = dataTable(
    `Changes of this sync, largest first (${counted(changes.length, 'change')})`,
    HEAD,
    changes.map((change) => [
      change.organization,
      change.service,
      { value: change.oldUnits },
      { value: change.newUnits },
      change.money ? moved([change.money]) : 'no price',
      change.module,
    ]),
  );
  const hidden = changes.length - shown;
  return [block, ...(hidden > 0 ? [context(`… and ${hidden} more in the thread below.`)] : [])];
}

const unitsOf = ({ totals }: TrendPoint): number => totals.reduce((sum, { units }) => sum + units, 0);

const monthlyOf = ({ totals }: TrendPoint): string =>
  totals.map(({ monthly, currency }) => formatMoney(monthly, currency)).join(' + ');

/** Units in force after each of the last runs, and the same in words; nothing until there are two days to compare. */
export function trendBlocks(trend: readonly TrendPoint[]): KnownBlock[] {
  const drawn = trend.slice(-CHART_POINTS);
  const [first, last] = [trend[0], trend.at(-1)];
  if (!first || !last || trend.length < 2) return [];
  const units = trend.map(unitsOf);
  return [
    lineChart(
      `Units in force, the last ${drawn.length} days with a sync`,
      'Units in force',
      drawn.map((point) => ({ label: day(point.date), value: unitsOf(point) })),
    ),
    section(
      `*Over the last ${counted(trend.length, 'day')} with a sync:* ${counted(unitsOf(first), 'unit')}, ` +
        `${monthlyOf(first)} a month on ${day(first.date)} → ${counted(unitsOf(last), 'unit')}, ` +
        `${monthlyOf(last)} a month on ${day(last.date)}; between ${Math.min(...units)} and ` +
        `${counted(Math.max(...units), 'unit')}.`,
    ),
  ];
}
