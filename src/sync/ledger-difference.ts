import { daysLeft, periodContaining } from '../domain/billing-period.ts';
import type { IsoDate } from '../domain/calendar.ts';
import { type Contract, type ContractService, pricesAt } from '../domain/contract.ts';
import { type Money, prorate, sumMoney, zero } from '../domain/money.ts';
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

/** Money of unit changes, each prorated over the period it falls in; four decimals. Outside the contract none is due. */
export function moneyOf(
  difference: ReadonlyMap<IsoDate, number>,
  contract: Contract,
  service: ContractService,
): Money {
  const amounts = [...difference].map(([date, units]) => {
    const period = periodContaining(contract, date);
    if (!period) return zero;
    return prorate(pricesAt(service, period.start).unitPrice, units, daysLeft(period, date), period.days);
  });
  return sumMoney(amounts);
}
