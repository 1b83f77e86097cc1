import type { BillingItem } from '../domain/billing-item.ts';
import { type BillingPeriod, billingPeriod, daysLeft, periodContaining } from '../domain/billing-period.ts';
import { addDays, earlier, type IsoDate, later } from '../domain/calendar.ts';
import { type Contract, type ContractService, pricesAt } from '../domain/contract.ts';
import { BillingItemId, stableId } from '../domain/ids.ts';
import { prorate } from '../domain/money.ts';
import { same } from '../domain/same.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';

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
  const first = firstPeriod(subject.contract, from);
  if (first && first.end >= today && isAsCalledFor(subject, first, existing, today)) return UNCHANGED;
  const put: BillingItem[] = [];
  const remove: BillingItem[] = [];
  const own = existing.filter((item) => isOf(subject.ledger, item));
  let last: BillingPeriod | undefined;
  for (let period = first; period && period.start <= today; ) {
    const changes = changesOfPeriod(subject, period, inPeriod(period, own, existing), today);
    put.push(...changes.put);
    remove.push(...changes.remove);
    last = period;
    period = period.end < today ? billingPeriod(subject.contract, period.index + 1) : undefined;
  }
  // The contract was shortened: periods after its end are gone, and with them what was still pending.
  const isGone = ({ start }: BillingItem['period']) => (last ? start > last.end : start >= from);
  remove.push(...own.filter((item) => item.status === 'pending' && isGone(item.period)));
  return { put, remove };
}

const UNCHANGED: ItemChanges = { put: [], remove: [] };

const isOf = ({ module, billingType }: UnitLedger, item: BillingItem): boolean =>
  item.module === module && item.billingType === billingType;

const firstPeriod = (contract: Contract, from: IsoDate): BillingPeriod | undefined =>
  periodContaining(contract, later(from, contract.startDate));

const isPostedPeriod = ({ status, kind, period }: BillingItem, start: IsoDate): boolean =>
  status === 'posted' && kind === 'period' && period.start === start;

/**
 * Whether the items there say already what the ledger calls for in `period`, and there are none after it, as on most
 * nights: one for each day, posted or made from the same facts. Amounts follow from those. No means only that a closer
 * look is due.
 */
function isAsCalledFor(
  subject: Subject,
  period: BillingPeriod,
  existing: readonly BillingItem[],
  today: IsoDate,
): boolean {
  const posted = existing.find(
    (item) => isPostedPeriod(item, period.start) && (item.module === null || isOf(subject.ledger, item)),
  );
  if (posted && !isOf(subject.ledger, posted)) return false;
  const open = unitsByDay(subject, period, today);
  for (const item of existing) {
    if (isCutShort(item, period) && isOf(subject.ledger, item)) return false;
    if (item.period.start < period.start || !isOf(subject.ledger, item)) continue;
    if (item.period.start > period.start) return false;
    if (item.units !== open.get(item.itemDate)) return false;
    if (item.status === 'pending' && !isMadeFrom(subject, period, item, posted)) return false;
    open.set(item.itemDate, 0);
  }
  for (const units of open.values()) if (units !== 0) return false;
  return true;
}

function isMadeFrom(
  { contract, service }: Subject,
  period: BillingPeriod,
  item: BillingItem,
  posted: BillingItem | undefined,
): boolean {
  const { unitPrice, unitCost } = pricesAt(service, period.start);
  return (
    item.kind === (item.itemDate === period.start ? 'period' : 'adjustment') &&
    item.corrects === posted?.id &&
    item.unitPrice === unitPrice &&
    item.unitCost === unitCost &&
    item.currency === service.currency &&
    item.service === service.service &&
    item.period.end === period.end &&
    item.period.days === period.days &&
    item.organizationId === contract.organizationId &&
    item.contractId === contract.id
  );
}

function changesOfPeriod(
  subject: Subject,
  period: BillingPeriod,
  there: InPeriod,
  today: IsoDate,
): ItemChanges {
  const pending = new Map(
    there.own.filter((item) => item.status === 'pending').map((item) => [item.id, item]),
  );
  const put: BillingItem[] = [];
  for (const item of itemsOfPeriod(subject, period, there, unitsByDay(subject, period, today))) {
    const before = pending.get(item.id);
    pending.delete(item.id);
    const after = { ...item, unposted: before?.unposted ?? [] };
    if (!same(before, after)) put.push(after);
  }
  return { put, remove: [...pending.values()] };
}

/** Units the ledger calls for, by the day they count from: the period's start, or a later day's change. */
function unitsByDay({ ledger }: Subject, period: BillingPeriod, today: IsoDate): Map<IsoDate, number> {
  const byDay = new Map<IsoDate, number>().set(period.start, 0);
  const last = earlier(period.end, today);
  for (const { effectiveDate, units } of ledger.changes) {
    const day = later(effectiveDate, period.start);
    if (day <= last) byDay.set(day, (byDay.get(day) ?? 0) + units);
  }
  return byDay;
}

/** The items of one period: the ledger's own, and what posted the period's first day, which nothing else can then. */
interface InPeriod {
  readonly own: readonly BillingItem[];
  readonly postedPeriodItem: BillingItem | undefined;
}

function inPeriod(
  { start }: BillingPeriod,
  ofLedger: readonly BillingItem[],
  ofService: readonly BillingItem[],
): InPeriod {
  const own = ofLedger.filter((item) => item.period.start === start);
  // What the PSA held before the mapping may have been posted already, with no module: only the difference is due.
  const postedPeriodItem =
    own.find((item) => isPostedPeriod(item, start)) ??
    ofService.find((item) => isPostedPeriod(item, start) && item.module === null);
  return { own, postedPeriodItem };
}

function itemsOfPeriod(
  subject: Subject,
  period: BillingPeriod,
  { own, postedPeriodItem }: InPeriod,
  byDay: Map<IsoDate, number>,
): BillingItem[] {
  const posted = own.filter((item) => item.status === 'posted');
  for (const item of posted) if (!byDay.has(item.itemDate)) byDay.set(item.itemDate, 0);
  const cutShort = posted.filter((item) => isCutShort(item, period));
  for (const item of cutShort) byDay.set(dayAfter(item), (byDay.get(dayAfter(item)) ?? 0) + item.units);
  const items: BillingItem[] = [];
  for (const [date, units] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = posted.filter((item) => item.itemDate === date);
    const due = units - before.reduce((sum, item) => sum + item.units, 0);
    if (due === 0) continue;
    // A period item whose posting was taken back is a period item again, whatever has been posted to correct it.
    const isPeriod = date === period.start && !postedPeriodItem;
    const extended = cutShort.find((item) => dayAfter(item) === date);
    const corrects = isPeriod ? undefined : (before[0]?.id ?? postedPeriodItem?.id ?? extended?.id);
    const id = pendingOn(own, date) ?? freeId(subject.ledger, date, before);
    items.push(makeItem(subject, period, { id, date, units: due, isPeriod, corrects }));
  }
  return items;
}

/** The first day that an item does not bill. */
const dayAfter = ({ itemDate, days }: BillingItem): IsoDate => addDays(itemDate, days);

/**
 * Posted when the contract was to end within the period, which goes on now: the days since have nobody billed. They are
 * due as an adjustment from the day after on, like any other change inside a posted period.
 */
const isCutShort = (item: BillingItem, { start, end }: BillingPeriod): boolean =>
  item.status === 'posted' && item.period.start === start && dayAfter(item) <= end;

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
