import type { BillingItem } from '../domain/billing-item.ts';
import type { BillingPeriod } from '../domain/billing-period.ts';
import { daysBetween, earlier, type IsoDate } from '../domain/calendar.ts';
import { type Contract, type ContractService, pricesAt } from '../domain/contract.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';

/** What billing items are derived from. */
export interface Subject {
  readonly ledger: UnitLedger;
  readonly contract: Contract;
  readonly service: ContractService;
}

/** By what its billing type and module say; the contract service is the same. */
export const isOf = ({ module, billingType }: UnitLedger, item: BillingItem): boolean =>
  item.billingType === billingType && item.module === module;

export const isPostedPeriod = ({ status, kind, period }: BillingItem, start: IsoDate): boolean =>
  status === 'posted' && kind === 'period' && period.start === start;

/**
 * Posted when the contract was to end within the period, which goes on now: the days since have nobody billed. They are
 * due as an adjustment from the day after on, like any other change inside a posted period.
 */
export const isCutShort = (item: BillingItem, { start, end }: BillingPeriod): boolean =>
  item.status === 'posted' && item.period.start === start && daysBetween(item.itemDate, end) >= item.days;

/**
 * Whether the items there say already what the ledger calls for in `period`, and there are none after it, as on most
 * nights: one for each day, posted or made from the same facts. No means only that a closer look is due. Runs once for
 * every ledger of every plan, so it makes nothing.
 * @param existing items of the ledger's contract and contract service
 */
export function isAsCalledFor(
  subject: Subject,
  period: BillingPeriod,
  existing: readonly BillingItem[],
  today: IsoDate,
): boolean {
  const { ledger } = subject;
  const { start } = period;
  let posted: BillingItem | undefined;
  for (const item of existing) {
    if (!isPostedPeriod(item, start) || (item.module !== null && !isOf(ledger, item))) continue;
    if (!isOf(ledger, item)) return false;
    posted ??= item;
  }
  const last = earlier(period.end, today);
  for (const item of existing) {
    if (!isOf(ledger, item)) continue;
    if (item.period.start !== start) {
      if (item.period.start > start) return false;
      continue;
    }
    if (item.itemDate > last || item.units !== unitsOfDay(ledger, item.itemDate, start)) return false;
    if (itemOfDay(ledger, existing, item.itemDate, start) !== item || isCutShort(item, period)) return false;
    if (item.status === 'pending' && !isMadeFrom(subject, period, item, item.itemDate === start, posted?.id))
      return false;
  }
  for (const { effectiveDate } of ledger.changes) {
    if (effectiveDate > last) continue;
    const day = effectiveDate > start ? effectiveDate : start;
    if (!itemOfDay(ledger, existing, day, start) && unitsOfDay(ledger, day, start) !== 0) return false;
  }
  return true;
}

/** Units that count from `day` in the period begun on `start`, as an item of that day bills them. */
function unitsOfDay({ changes }: UnitLedger, day: IsoDate, start: IsoDate): number {
  let sum = 0;
  for (const { effectiveDate, units } of changes)
    if (effectiveDate === day || (day === start && effectiveDate < start)) sum += units;
  return sum;
}

function itemOfDay(
  ledger: UnitLedger,
  existing: readonly BillingItem[],
  day: IsoDate,
  start: IsoDate,
): BillingItem | undefined {
  for (const item of existing)
    if (item.itemDate === day && item.period.start === start && isOf(ledger, item)) return item;
  return undefined;
}

/** Whether a pending item of the contract's `period` would be made the same way again. Amounts follow from these facts and the units. */
export function isMadeFrom(
  { contract, service }: Subject,
  period: BillingPeriod,
  item: BillingItem,
  isPeriod: boolean,
  corrects: string | undefined,
): boolean {
  const { unitPrice, unitCost } = pricesAt(service, period.start);
  return (
    item.kind === (isPeriod ? 'period' : 'adjustment') &&
    item.corrects === corrects &&
    item.unitPrice === unitPrice &&
    item.unitCost === unitCost &&
    item.currency === service.currency &&
    item.service === service.service &&
    item.period.end === period.end &&
    item.period.days === period.days &&
    item.organizationId === contract.organizationId
  );
}
