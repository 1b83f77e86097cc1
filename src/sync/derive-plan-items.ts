import { deriveItems } from '../billing/derive-items.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { nextPeriodStart, periodContaining } from '../domain/billing-period.ts';
import { earlier, type IsoDate, later } from '../domain/calendar.ts';
import type { Contract } from '../domain/contract.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';
import { ledgerDifference } from './ledger-difference.ts';
import type { PlanWork } from './plan-work.ts';

/** Adds the ledgers that differ from the input's, and the billing items that all of them call for. */
export function derivePlanItems(
  { contract, index: { today, input }, ledgers }: PlanWork,
  changed: UnitLedger[],
  { put, remove }: { readonly put: BillingItem[]; readonly remove: BillingItem[] },
): void {
  const firstKnown = firstKnownPeriod(contract, input.itemsFrom);
  const itemsThrough = newestPeriod(contract, today);
  for (const { before, now, on } of ledgers) {
    const { service, items } = on;
    if (!service) continue;
    const from = firstDayToDerive(now, before, contract);
    if (from !== undefined) {
      const known = later(from, firstKnown ?? from);
      const changes = deriveItems({ ledger: now, contract, service }, items, known, today);
      if (changes.put.length > 0) put.push(...changes.put);
      if (changes.remove.length > 0) remove.push(...changes.remove);
    }
    const after = withItemsThrough(now, itemsThrough);
    if (after !== before && isKept(after)) changed.push(after);
  }
}

/** A ledger that says nothing is not written down. */
export const isKept = ({ changes, applied }: UnitLedger): boolean =>
  changes.length > 0 || applied !== undefined;

/** Items before this day cannot have changed: neither did units there, nor has a period begun since they were made. */
function firstDayToDerive(
  after: UnitLedger,
  before: UnitLedger | undefined,
  contract: Contract,
): IsoDate | undefined {
  const changed =
    before?.changes === after.changes
      ? undefined
      : earliest(ledgerDifference(before?.changes ?? [], after.changes).keys());
  // Units of a contract that has not begun have no items yet; they are due from its first day on.
  const due = after.itemsThrough ?? earliest(after.changes.map((change) => change.effectiveDate));
  const first = changed && due ? earlier(changed, due) : (changed ?? due);
  if (first === undefined) return undefined;
  return contract.endDate === null ? first : earlier(first, contract.endDate);
}

function earliest(days: Iterable<IsoDate>): IsoDate | undefined {
  let first: IsoDate | undefined;
  for (const day of days) first = first === undefined ? day : earlier(first, day);
  return first;
}

/** The start of the first period all of whose items are in the input. */
function firstKnownPeriod(contract: Contract, itemsFrom: IsoDate | undefined): IsoDate | undefined {
  const period = itemsFrom && periodContaining(contract, itemsFrom);
  return period && period.start < itemsFrom ? nextPeriodStart(contract, period) : itemsFrom;
}

/** The newest period whose items are made now; a contract that is over keeps its last one. */
function newestPeriod(contract: Contract, today: IsoDate): IsoDate | undefined {
  const day = contract.endDate === null ? today : earlier(today, contract.endDate);
  return periodContaining(contract, day)?.start;
}

const withItemsThrough = (ledger: UnitLedger, itemsThrough: IsoDate | undefined): UnitLedger =>
  itemsThrough === undefined || itemsThrough === ledger.itemsThrough ? ledger : { ...ledger, itemsThrough };
