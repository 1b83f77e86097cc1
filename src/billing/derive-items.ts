import type { BillingItem } from '../domain/billing-item.ts';
import { type BillingPeriod, billingPeriod, daysLeft, periodContaining } from '../domain/billing-period.ts';
import { addDays, earlier, type IsoDate, later } from '../domain/calendar.ts';
import { type Contract, pricesAt } from '../domain/contract.ts';
import { type BillingItemId, idOnContract } from '../domain/ids.ts';
import { prorate } from '../domain/money.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';
import {
  isAsCalledFor,
  isCutShort,
  isMadeFrom,
  isOf,
  isPostedPeriod,
  type Subject,
} from './as-called-for.ts';

export interface ItemChanges {
  readonly put: readonly BillingItem[];
  readonly remove: readonly BillingItem[];
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
  return first && first.end >= today && isAsCalledFor(subject, first, existing, today)
    ? UNCHANGED
    : deriveItemsAtLength(subject, existing, from, today);
}

/** Exported for the test that the shortcut says the same. */
export function deriveItemsAtLength(
  subject: Subject,
  existing: readonly BillingItem[],
  from: IsoDate,
  today: IsoDate,
): ItemChanges {
  const first = firstPeriod(subject.contract, from);
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

const firstPeriod = (contract: Contract, from: IsoDate): BillingPeriod | undefined =>
  periodContaining(contract, later(from, contract.startDate));

function changesOfPeriod(
  subject: Subject,
  period: BillingPeriod,
  there: InPeriod,
  today: IsoDate,
): ItemChanges {
  const gone = new Set(there.own.filter((item) => item.status === 'pending'));
  const put: BillingItem[] = [];
  for (const { before, after } of itemsOfPeriod(subject, period, there, unitsByDay(subject, period, today))) {
    if (before) gone.delete(before);
    if (after !== before) put.push(after);
  }
  return { put, remove: [...gone] };
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

/** An item of the period, and the pending one that it takes the place of: itself, where nothing changes. */
interface Renewed {
  readonly before: BillingItem | undefined;
  readonly after: BillingItem;
}

function itemsOfPeriod(
  subject: Subject,
  period: BillingPeriod,
  { own, postedPeriodItem }: InPeriod,
  byDay: Map<IsoDate, number>,
): Renewed[] {
  const posted = own.filter((item) => item.status === 'posted');
  for (const item of posted) if (!byDay.has(item.itemDate)) byDay.set(item.itemDate, 0);
  const cutShort = posted.filter((item) => isCutShort(item, period));
  for (const item of cutShort) byDay.set(dayAfter(item), (byDay.get(dayAfter(item)) ?? 0) + item.units);
  const items: Renewed[] = [];
  for (const [date, units] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = posted.filter((item) => item.itemDate === date);
    const due = units - before.reduce((sum, item) => sum + item.units, 0);
    if (due === 0) continue;
    // A period item whose posting was taken back is a period item again, whatever has been posted to correct it.
    const isPeriod = date === period.start && !postedPeriodItem;
    const extended = cutShort.find((item) => dayAfter(item) === date);
    const corrects = isPeriod ? undefined : (before[0]?.id ?? postedPeriodItem?.id ?? extended?.id);
    const wanted = { date, units: due, isPeriod, corrects };
    items.push(renewed(subject, period, wanted, own, before));
  }
  return items;
}

/** The first day that an item does not bill. */
const dayAfter = ({ itemDate, days }: BillingItem): IsoDate => addDays(itemDate, days);

/**
 * The same day's item keeps its id from sync to sync; a correction of a posted one takes the next free id. Where nothing
 * of the day is posted, the one item there is it, which saves the hash for most items of most nights.
 */
function renewed(
  subject: Subject,
  period: BillingPeriod,
  wanted: Wanted,
  own: readonly BillingItem[],
  posted: readonly BillingItem[],
): Renewed {
  const [only, ...others] = own.filter((item) => item.itemDate === wanted.date);
  const alone = only?.status === 'pending' && others.length === 0 ? only : undefined;
  const id = alone?.id ?? freeId(subject.ledger, wanted.date, posted);
  const before = alone ?? own.find((item) => item.id === id && item.status === 'pending');
  if (
    before?.units === wanted.units &&
    before.itemDate === wanted.date &&
    isMadeFrom(subject, period, before, wanted.isPeriod, wanted.corrects)
  )
    return { before, after: before };
  return { before, after: makeItem(subject, period, id, wanted, before?.unposted ?? []) };
}

function freeId(ledger: UnitLedger, itemDate: IsoDate, posted: readonly BillingItem[]): BillingItemId {
  for (let sequence = 0; ; sequence++) {
    const id = idOnContract(
      'bi',
      ledger.contractId,
      ledger.id,
      itemDate,
      ...(sequence === 0 ? [] : [String(sequence)]),
    );
    if (!posted.some((item) => item.id === id)) return id as BillingItemId;
  }
}

interface Wanted {
  readonly date: IsoDate;
  readonly units: number;
  readonly isPeriod: boolean;
  readonly corrects: BillingItemId | undefined;
}

function makeItem(
  { ledger, contract, service }: Subject,
  period: BillingPeriod,
  id: BillingItemId,
  { date, units, isPeriod, corrects }: Wanted,
  unposted: BillingItem['unposted'],
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
    unposted,
  };
}
