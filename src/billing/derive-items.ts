import type { BillingItem } from '../domain/billing-item.ts';
import { type BillingPeriod, billingPeriod, daysLeft, periodContaining } from '../domain/billing-period.ts';
import { addDays, earlier, type IsoDate, later } from '../domain/calendar.ts';
import { type Contract, type ContractService, pricesAt } from '../domain/contract.ts';
import { BillingItemId, stableId } from '../domain/ids.ts';
import { prorate } from '../domain/money.ts';
import { changesByDate, type UnitLedger, unitsOn } from '../domain/unit-ledger.ts';

export interface ItemChanges {
  readonly put: readonly BillingItem[];
  readonly remove: readonly BillingItem[];
}

interface Subject {
  readonly ledger: UnitLedger;
  readonly contract: Contract;
  readonly service: ContractService;
}

/**
 * The billing items that a unit ledger calls for, as changes to the existing ones: for every period begun by `today`
 * one item of the units in force on its first day, and one adjustment per later day on which units changed. Zero units
 * make no item. Posted items stay; what a ledger calls for beyond them becomes a pending adjustment that `corrects` them.
 * @param existing items of the ledger's contract service, at least those of the periods from `from` on
 * @param from nothing before this day is looked at
 */
export function deriveItems(
  subject: Subject,
  existing: readonly BillingItem[],
  from: IsoDate,
  today: IsoDate,
): ItemChanges {
  const put: BillingItem[] = [];
  const remove: BillingItem[] = [];
  const isOwn = ({ module, billingType }: BillingItem) =>
    module === subject.ledger.module && billingType === subject.ledger.billingType;
  let last = addDays(from, -1);
  for (const period of periodsBetween(subject.contract, from, today)) {
    last = later(last, period.end);
    const inPeriod = existing.filter((item) => item.period.start === period.start);
    const own = inPeriod.filter(isOwn);
    const wanted = itemsOfPeriod(subject, period, inPeriod, own, today);
    const pending = new Map(own.filter((item) => item.status === 'pending').map((item) => [item.id, item]));
    for (const item of wanted) {
      const before = pending.get(item.id);
      pending.delete(item.id);
      const after = { ...item, unposted: before?.unposted ?? [] };
      if (!same(before, after)) put.push(after);
    }
    remove.push(...pending.values());
  }
  // The contract was shortened: periods after its end are gone, and with them what was still pending.
  const beyond = (item: BillingItem) => item.status === 'pending' && isOwn(item) && item.period.start > last;
  remove.push(...existing.filter(beyond));
  return { put, remove };
}

/** Whether two values say the same; a field that is left out is one that is undefined. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [a, b] as Record<string, unknown>[];
  return Object.keys({ ...a, ...b }).every((key) => same(left?.[key], right?.[key]));
}

function* periodsBetween(contract: Contract, from: IsoDate, today: IsoDate): Generator<BillingPeriod> {
  const start = from < contract.startDate ? contract.startDate : from;
  let period = periodContaining(contract, start);
  while (period && period.start <= today) {
    yield period;
    if (period.end >= today) return;
    period = billingPeriod(contract, period.index + 1);
  }
}

/** Units the ledger calls for, by the day they count from: the period's start, or a later day's change. */
function unitsByDay({ ledger }: Subject, period: BillingPeriod, today: IsoDate): Map<IsoDate, number> {
  const byDay = new Map([[period.start, unitsOn(ledger.changes, period.start)]]);
  const last = earlier(period.end, today);
  for (const [date, units] of changesByDate(ledger.changes)) {
    if (date > period.start && date <= last) byDay.set(date, units);
  }
  return byDay;
}

function itemsOfPeriod(
  subject: Subject,
  period: BillingPeriod,
  inPeriod: readonly BillingItem[],
  own: readonly BillingItem[],
  today: IsoDate,
): BillingItem[] {
  const byDay = unitsByDay(subject, period, today);
  const posted = own.filter((item) => item.status === 'posted');
  for (const item of posted) if (!byDay.has(item.itemDate)) byDay.set(item.itemDate, 0);
  // What the PSA held before the mapping may have been posted already, with no module: only the difference is due.
  const postedPeriodItem =
    posted.find((item) => item.kind === 'period') ??
    inPeriod.find((item) => item.status === 'posted' && item.module === null && item.kind === 'period');

  const items: BillingItem[] = [];
  for (const [date, units] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = posted.filter((item) => item.itemDate === date);
    const due = units - before.reduce((sum, item) => sum + item.units, 0);
    if (due === 0) continue;
    // A period item whose posting was taken back is a period item again, whatever has been posted to correct it.
    const isPeriod = date === period.start && !postedPeriodItem;
    const corrects = isPeriod ? undefined : (before[0]?.id ?? postedPeriodItem?.id);
    const id = pendingOn(own, date) ?? freeId(subject.ledger, date, before);
    items.push(makeItem(subject, period, { id, date, units: due, isPeriod, corrects }));
  }
  return items;
}

/** The id of the one item of that day, when nothing of the day is posted; saves the hash for most items of most nights. */
function pendingOn(own: readonly BillingItem[], date: IsoDate): BillingItemId | undefined {
  const [only, ...others] = own.filter((item) => item.itemDate === date);
  return only?.status === 'pending' && others.length === 0 ? only.id : undefined;
}

/** The same day's item keeps its id from sync to sync; a correction of a posted one takes the next free id. */
function freeId(ledger: UnitLedger, itemDate: IsoDate, posted: readonly BillingItem[]): BillingItemId {
  for (let sequence = 0; ; sequence++) {
    const id = stableId('bi', ledger.id, itemDate, ...(sequence === 0 ? [] : [String(sequence)]));
    if (!posted.some((item) => item.id === id)) return BillingItemId.parse(id);
  }
}

interface Wanted {
  readonly id: BillingItemId;
  readonly date: IsoDate;
  readonly units: number;
  readonly isPeriod: boolean;
  readonly corrects: BillingItemId | undefined;
}

function makeItem(
  { ledger, contract, service }: Subject,
  period: BillingPeriod,
  { id, date, units, isPeriod, corrects }: Wanted,
): BillingItem {
  const { unitPrice, unitCost } = pricesAt(service, period.start);
  const days = daysLeft(period, date);
  return {
    id,
    status: 'pending',
    kind: isPeriod ? 'period' : 'adjustment',
    organizationId: contract.organizationId,
    contractId: contract.id,
    contractServiceId: service.id,
    service: service.service,
    module: ledger.module,
    billingType: ledger.billingType,
    period: { start: period.start, end: period.end, days: period.days },
    itemDate: date,
    days,
    units,
    unitPrice,
    ...(unitCost === undefined ? {} : { unitCost, cost: prorate(unitCost, units, days, period.days) }),
    amount: prorate(unitPrice, units, days, period.days),
    currency: service.currency,
    ...(corrects === undefined ? {} : { corrects }),
    unposted: [],
  };
}
