import { daysLeft, nextPeriod, periodContaining } from '../domain/billing-period.ts';
import { addDays, daysInclusive, earlier, type IsoDate } from '../domain/calendar.ts';
import { type Contract, type ContractService, pricesAt } from '../domain/contract.ts';
import { type Money, prorate, sumMoney } from '../domain/money.ts';

/**
 * What a change of units comes to over the days from `from` until before `until`, prorated in each period; four
 * decimals. Source: product.md "Posted": the unbilled amount of a change the PSA takes only later.
 */
export function unbilledDays(
  change: number,
  from: IsoDate,
  until: IsoDate,
  contract: Contract,
  service: ContractService,
): Money {
  const last = addDays(until, -1);
  const amounts: Money[] = [];
  for (let period = periodContaining(contract, from); period && period.start <= last; ) {
    const first = period.start < from ? from : period.start;
    const days = Math.min(daysLeft(period, first), daysInclusive(first, earlier(last, period.end)));
    amounts.push(prorate(pricesAt(service, period.start).unitPrice, change, days, period.days));
    period = nextPeriod(contract, period);
  }
  return sumMoney(amounts);
}
