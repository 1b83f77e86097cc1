import {
  compareMoney,
  formatMoney,
  type Money,
  subtractMoney,
  sumMoney,
  zero,
} from '../../src/domain/money.ts';
import type { SummaryMoney } from '../../src/usecases/summary-money.ts';
import type { MovedMoney, SummaryChange, SyncSummary } from '../../src/usecases/sync-summary.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { amounts, counted, day, signed } from '../words/wording.ts';

const MODULES_SHOWN = 24;

/** What there is in money, what that is against before, what this run changed, and what is pending by module. */
export function moneyLines({ money, moved: sums, pending, pendingByModule }: SyncSummary): string[] {
  return [
    ...money.flatMap(totalLines),
    ...(sums.length > 0 ? [`*This sync: ${moved(sums)}*`] : []),
    pending.length === 0
      ? '*Pending:* nothing yet'
      : `*Pending: ${amounts(pending)}* in ${counted(
          pending.reduce((sum, total) => sum + total.count, 0),
          'item',
        )}`,
    ...pendingByModule
      .slice(0, MODULES_SHOWN)
      .map((one) => `• ${escapeName(one.module)}: ${formatMoney(one.amount, one.currency)}`),
  ];
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthName = (month: string): string => MONTH.format(new Date(`${month}-01T00:00:00Z`));

function totalLines(money: SummaryMoney): string[] {
  const { currency, ofMonth, month, units, monthly, before, lastMonth, byModule } = money;
  const since = before ? ` since ${day(before.date)}` : '';
  const compared = (now: Money, then: Money | undefined, last: Money | undefined): string[] => [
    ...(then === undefined ? [] : [`${changed(now, then, currency)}${since}`]),
    ...(last === undefined ? [] : [`${changed(now, last, currency)} against the month before`]),
  ];
  const against = compared(month, before?.month, lastMonth);
  const inForce = [
    `*In force: ${counted(units, 'unit')}, ${formatMoney(monthly, currency)} a month*`,
    ...(before && (before.units !== units || before.monthly !== monthly)
      ? [`${signedCount(units - before.units)}, ${changed(monthly, before.monthly, currency)}${since}`]
      : []),
  ];
  return [
    [`*${monthName(ofMonth)}: ${formatMoney(month, currency)}* pending and posted`, ...against].join(' · '),
    ...(against.length === 0 ? [] : byModule.slice(0, MODULES_SHOWN)).map(
      (one) =>
        `• ${escapeName(one.module)}: ${[formatMoney(one.month, currency), ...compared(one.month, one.before, one.lastMonth)].join(' · ')}`,
    ),
    inForce.join(' · '),
  ];
}

const changed = (now: Money, then: Money, currency: string): string => {
  const difference = subtractMoney(now, then);
  return compareMoney(difference, zero) === 0 ? 'unchanged' : signed(difference, currency);
};

const signedCount = (units: number): string => `${units < 0 ? '−' : '+'}${counted(Math.abs(units), 'unit')}`;

/** `+$87.50 now, +$125.00 a month`, a pair a currency. */
export function moved(lines: readonly MovedMoney[]): string {
  const byCurrency = Map.groupBy(lines, (line) => line.currency);
  return [...byCurrency]
    .map(([currency, own]) => {
      const sum = (of: (line: MovedMoney) => Money) => sumMoney(own.map(of));
      return `${signed(
        sum((line) => line.amount),
        currency,
      )} now, ${signed(
        sum((line) => line.monthlyAmount),
        currency,
      )} a month`;
    })
    .join(' + ');
}

export const changeLine = ({ text, money }: SummaryChange): string =>
  `${escapeText(clip(text, 200))}${money ? `, ${moved([money])}` : ''}`;
