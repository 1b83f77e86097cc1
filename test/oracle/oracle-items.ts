import type { BookContract, ItemFacts } from './event-log.ts';
import { type Day, textOf } from './oracle-days.ts';
import type { UnitsByDay } from './oracle-lane.ts';
import { fraction, multiply, readAmount, round, writeAmount } from './oracle-money.ts';
import { type Period, periodsUntil } from './oracle-periods.ts';

/** A price, and the day it was read; the first one holds from the beginning. */
export interface PriceReading {
  readonly day: Day;
  readonly unitPrice: string;
}

export interface Lot {
  readonly contractServiceId: string;
  readonly module: string | null;
  readonly billingType: string | null;
  readonly contract: BookContract;
  readonly units: UnitsByDay;
  readonly prices: readonly PriceReading[];
}

/** A change applies to periods begun after it was read. */
function priceOf(prices: readonly PriceReading[], period: Period): string {
  const [first, ...later] = prices;
  const read = later.filter((price) => price.day < period.start);
  return (read.at(-1) ?? first)?.unitPrice ?? '0';
}

function amountOf(price: string, units: number, period: Period, day: Day): string {
  const share = fraction(BigInt(period.end - day + 1), BigInt(period.days));
  return writeAmount(round(multiply(multiply(readAmount(price), fraction(BigInt(units))), share), 4));
}

/** Half away from zero to cents: what posting does. */
export const postedAmount = (amount: string): string => writeAmount(round(readAmount(amount), 2));

/**
 * What is pending for one lot as of `today`: in each period begun, the units on its first day and every later day's
 * change, less what is posted of that day already.
 * @param posted posted items of the lot
 * @param basePeriods starts of periods whose units with no module are posted on the same service
 */
export function pendingItems(
  lot: Lot,
  posted: readonly ItemFacts[],
  basePeriods: ReadonlySet<string>,
  today: Day,
): ItemFacts[] {
  const { contract, units, contractServiceId, module, billingType } = lot;
  const on = (day: Day): number => units.units[day - units.origin] ?? 0;
  return periodsUntil(contract, today).flatMap((period) => {
    const start = textOf(period.start);
    const own = posted.filter((item) => item.period === start);
    const periodPosted = own.some((item) => item.kind === 'period') || basePeriods.has(start);
    const items: ItemFacts[] = [];
    for (let day = period.start; day <= Math.min(period.end, today); day++) {
      const itemDate = textOf(day);
      const before = own.filter((item) => item.itemDate === itemDate);
      const wanted = day === period.start ? on(day) : on(day) - on(day - 1);
      const due = wanted - before.reduce((sum, item) => sum + item.units, 0);
      if (due === 0) continue;
      const isPeriod = day === period.start && !periodPosted;
      items.push({
        contractServiceId,
        module,
        billingType,
        period: start,
        itemDate,
        kind: isPeriod ? 'period' : 'adjustment',
        status: 'pending',
        units: due,
        amount: amountOf(priceOf(lot.prices, period), due, period, day),
        corrects: !isPeriod && (before.length > 0 || periodPosted),
      });
    }
    return items;
  });
}
