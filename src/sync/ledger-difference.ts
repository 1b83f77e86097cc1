import { nextPeriod, periodContaining } from '../domain/billing-period.ts';
import { daysInclusive, type IsoDate, later } from '../domain/calendar.ts';
import { type Contract, type ContractService, pricesAt } from '../domain/contract.ts';
import { type Money, prorate, sumMoney } from '../domain/money.ts';
import type { UnitChange } from '../domain/unit-ledger.ts';

/** Net difference between two states of a ledger, per effective date. */
export function ledgerDifference(
  before: readonly UnitChange[],
  after: readonly UnitChange[],
): Map<IsoDate, number> {
  const net = new Map<IsoDate, number>();
  // What has only been added to has the same changes up to there.
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  for (const { effectiveDate, units } of before.slice(same)) add(net, effectiveDate, -units);
  for (const { effectiveDate, units } of after.slice(same)) add(net, effectiveDate, units);
  for (const [date, units] of net) if (units === 0) net.delete(date);
  return net;
}

const add = (net: Map<IsoDate, number>, date: IsoDate, units: number) =>
  net.set(date, (net.get(date) ?? 0) + units);

/**
 * Money of unit changes: each prorated over the period it falls in, and carried through the periods begun since, which
 * bill it in full; four decimals. What begins after `today` counts with its own period. Outside the contract none is due.
 */
export function moneyOf(
  difference: ReadonlyMap<IsoDate, number>,
  contract: Contract,
  service: ContractService,
  today: IsoDate,
): Money {
  const days = [...difference.keys()].filter((day) => periodContaining(contract, day)).sort();
  const [first, last] = [days[0], days.at(-1)];
  let period = first && periodContaining(contract, first);
  const until = last === undefined ? today : later(last, today);
  const amounts: Money[] = [];
  let carried = 0;
  while (period && period.start <= until) {
    const { unitPrice } = pricesAt(service, period.start);
    const { start, end, days: uncut } = period;
    const due = (units: number, from: IsoDate) =>
      void amounts.push(prorate(unitPrice, units, daysInclusive(from, end), uncut));
    if (carried !== 0) due(carried, start);
    for (const day of days)
      if (start <= day && day <= end) {
        due(difference.get(day) ?? 0, day);
        carried += difference.get(day) ?? 0;
      }
    period = nextPeriod(contract, period);
  }
  return sumMoney(amounts);
}
