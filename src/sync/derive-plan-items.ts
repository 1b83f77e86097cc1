import { deriveItems, type ItemChanges } from '../billing/derive-items.ts';
import { nextPeriodStart, periodContaining } from '../domain/billing-period.ts';
import { earlier, type IsoDate, later } from '../domain/calendar.ts';
import type { Contract } from '../domain/contract.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';
import { ledgerDifference, type PlanWork } from './plan-work.ts';

/** The ledgers that differ from the input's, and the billing items that all of them call for. */
export function derivePlanItems(work: PlanWork): { ledgers: UnitLedger[]; items: ItemChanges } {
  const { contracts, services, itemsByService, today, input } = work.index;
  const ledgers: UnitLedger[] = [];
  const put: ItemChanges['put'][number][] = [];
  const remove: ItemChanges['remove'][number][] = [];
  for (const ledger of work.ledgers()) {
    const contract = contracts.get(ledger.contractId);
    const service = services.get(ledger.contractServiceId);
    if (!contract || !service) continue;
    const before = work.before(ledger.id);
    const from = firstDayToDerive(ledger, before, contract);
    if (from !== undefined) {
      const known = later(from, firstKnownPeriod(contract, input.itemsFrom) ?? from);
      const existing = itemsByService.get(service.id) ?? [];
      const changes = deriveItems({ ledger, contract, service }, existing, known, today);
      put.push(...changes.put);
      remove.push(...changes.remove);
    }
    const after = withItemsThrough(ledger, contract, today);
    if (after !== before && (after.changes.length > 0 || after.applied)) ledgers.push(after);
  }
  return { ledgers, items: { put, remove } };
}

/** Items before this day cannot have changed: neither did units there, nor has a period begun since they were made. */
function firstDayToDerive(
  after: UnitLedger,
  before: UnitLedger | undefined,
  contract: Contract,
): IsoDate | undefined {
  const changed =
    before?.changes === after.changes
      ? []
      : [...ledgerDifference(before?.changes ?? [], after.changes).keys()];
  // Units of a contract that has not begun have no items yet; they are due from its first day on.
  const due = after.itemsThrough ? [after.itemsThrough] : after.changes.map((change) => change.effectiveDate);
  const days = [...changed, ...due];
  if (days.length === 0) return undefined;
  const first = days.reduce(earlier);
  return contract.endDate === null ? first : earlier(first, contract.endDate);
}

/** The start of the first period all of whose items are in the input. */
function firstKnownPeriod(contract: Contract, itemsFrom: IsoDate | undefined): IsoDate | undefined {
  const period = itemsFrom && periodContaining(contract, itemsFrom);
  return period && period.start < itemsFrom ? nextPeriodStart(contract, period) : itemsFrom;
}

/** The newest period whose items are made now; a contract that is over keeps its last one. */
function withItemsThrough(ledger: UnitLedger, contract: Contract, today: IsoDate): UnitLedger {
  const day = contract.endDate === null ? today : earlier(today, contract.endDate);
  const itemsThrough = periodContaining(contract, day)?.start;
  return itemsThrough === undefined || itemsThrough === ledger.itemsThrough
    ? ledger
    : { ...ledger, itemsThrough };
}
