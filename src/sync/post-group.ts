import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoInstant } from '../domain/calendar.ts';
import { compareMoney, type Money, prorate, roundToCents, subtractMoney, sumMoney } from '../domain/money.ts';
import type { PsaPostedItem } from '../ports/psa.ts';

/** Posted items of the PSA that stand for the same units as some pending ones here. */
export interface PostedGroup {
  readonly posted: readonly PsaPostedItem[];
  readonly pending: readonly BillingItem[];
}

export const unitsOf = (items: readonly { readonly units: number }[]): number =>
  items.reduce((sum, { units }) => sum + units, 0);

export const postedAmount = (posted: readonly PsaPostedItem[]): Money =>
  sumMoney(posted.map(({ amount }) => amount));

/**
 * Pending items as the PSA has posted them: units and amounts sum exactly to the PSA's. Where those differ, one line takes
 * the difference and says so, and the unit ledger then calls for a correction of what was billed too little or too much.
 */
export function postGroup({ posted, pending }: PostedGroup, by: Actor): BillingItem[] {
  const itemIds = posted.map(({ id }) => id).sort();
  const postedAt = posted.map((item) => item.postedAt).reduce((a, b): IsoInstant => (a > b ? a : b));
  const unitPrice = posted[0]?.unitPrice;
  const [units, had] = [unitsOf(posted), unitsOf(pending)];
  const note = units === had ? undefined : noteOf(by, units, had);
  const largest = largestOf(pending);
  const items = pending.map((item): BillingItem => {
    const own = item === largest ? item.units + units - had : item.units;
    const price = unitPrice ?? item.unitPrice;
    return {
      ...item,
      status: 'posted',
      units: own,
      unitPrice: price,
      amount: roundToCents(prorate(price, own, item.days, item.period.days)),
      ...(item.unitCost === undefined
        ? {}
        : { cost: roundToCents(prorate(item.unitCost, own, item.days, item.period.days)) }),
      postedAt,
      postedBy: by,
      psa: { itemIds, ...(note && item === largest ? { note } : {}) },
    };
  });
  const rest = subtractMoney(postedAmount(posted), sumMoney(items.map(({ amount }) => amount)));
  return items.map((item) =>
    item.id === largest?.id ? { ...item, amount: sumMoney([item.amount, rest]) } : item,
  );
}

const largestOf = (items: readonly BillingItem[]): BillingItem | undefined =>
  items.reduce<BillingItem | undefined>(
    (a, b) => (a && compareMoney(size(a), size(b)) >= 0 ? a : b),
    undefined,
  );

const size = ({ unitPrice, units }: BillingItem): Money => prorate(unitPrice, Math.abs(units), 1, 1);

const noteOf = ({ name }: Actor, units: number, had: number): string =>
  `${name} billed ${units} units where ${had} were pending here; this line takes the difference of ${units - had}.`;
