import { deriveItems } from '../billing/derive-items.ts';
import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { daysLeft, periodContaining } from '../domain/billing-period.ts';
import { type IsoDate, type IsoInstant, later } from '../domain/calendar.ts';
import { type Contract, type ContractService, pricesAt } from '../domain/contract.ts';
import { BillingItemId, stableId } from '../domain/ids.ts';
import { prorate, roundToCents } from '../domain/money.ts';
import { type UnitLedger, unitsOn } from '../domain/unit-ledger.ts';
import type { UnitPush } from '../domain/unit-push.ts';
import type { PsaPostedItem } from '../ports/psa.ts';
import { ItemsByService } from './items-by-service.ts';
import { isBilledByIcb } from './line-reasons.ts';
import { MovedDays } from './moved-days.ts';
import { postGroup, unitsOf } from './post-group.ts';

export interface PostedInput {
  /** Posted at `since` or later: all there are in the PSA. */
  readonly posted: readonly PsaPostedItem[];
  readonly since: IsoInstant;
  /** Those of every period that a posted one may belong to, up to now. */
  readonly items: readonly BillingItem[];
  readonly contracts: readonly Contract[];
  readonly contractServices: readonly ContractService[];
  readonly unitLedgers: readonly UnitLedger[];
  readonly unitPushes: readonly UnitPush[];
  readonly today: IsoDate;
  readonly at: IsoInstant;
  /** The PSA, as who has posted. */
  readonly by: Actor;
}

export interface PostedChanges {
  readonly put: readonly BillingItem[];
  readonly remove: readonly BillingItem[];
  readonly posted: number;
  readonly unposted: number;
}

/**
 * Billing items as the PSA has posted and un-posted them. A posted item of the PSA stands for the pending ones here of the
 * same contract service and day; one that stands for none was there before icb or made by hand, and becomes a posted item
 * of its own. Whatever was billed otherwise than the unit ledgers call for becomes a pending correction.
 */
export function matchPosted(input: PostedInput): PostedChanges {
  const books = new ItemsByService(input.items);
  const touched = new Map<string, IsoDate>();
  const touch = ({ contractServiceId, period }: BillingItem) => {
    const before = touched.get(contractServiceId);
    if (before === undefined || period.start < before) touched.set(contractServiceId, period.start);
  };

  const gone = unposted(input);
  for (const item of gone) {
    touch(item);
    if (isFoundOnly(item)) books.delete(item);
    else books.set(pendingAgain(item, input));
  }

  const linked = new Set([...books.all()].flatMap((item) => item.psa?.itemIds ?? []));
  const fresh = input.posted.filter(({ id, units, amount }) => !linked.has(id) && !isNothing(units, amount));
  const facts = indexFacts(input);
  let posted = 0;
  for (const own of Map.groupBy(fresh, (item) => keyOf(item, facts)).values()) {
    const pending = counterparts(own, books, facts);
    const made =
      pending.length > 0
        ? postGroup({ posted: own, pending }, input.by)
        : own.flatMap((item) => foundItem(item, facts, input.by) ?? []);
    for (const item of made) {
      books.set(item);
      if (pending.length === 0 || unitsOf(own) !== unitsOf(pending)) touch(item);
    }
    posted += made.length;
  }

  for (const [contractServiceId, from] of touched)
    correct(books, contractServiceId, from, facts, input.today);
  return { ...differences(input.items, books), posted, unposted: gone.length };
}

const isNothing = (units: number, amount: string): boolean => units === 0 && Number(amount) === 0;

const keyOf = (item: PsaPostedItem, { days }: Facts): string =>
  JSON.stringify([item.contractServiceId, item.kind, dayOf(item, days)]);

/** The day an item stands for; an adjustment that counts from a later day than it was wanted from stands for that one. */
const dayOf = (
  { contractServiceId, kind, itemDate }: Pick<BillingItem, 'contractServiceId' | 'kind' | 'itemDate'>,
  days: MovedDays,
): IsoDate => (kind === 'period' ? itemDate : days.wanted(contractServiceId, itemDate));

/** Items whose postings are no longer in the PSA. Older ones than were asked for are not told of. */
function unposted({ items, posted, since }: PostedInput): BillingItem[] {
  const there = new Set(posted.map(({ id }) => id));
  return items.filter(
    ({ status, psa, postedAt }) =>
      status === 'posted' &&
      postedAt !== undefined &&
      postedAt >= since &&
      psa?.itemIds.some((id) => !there.has(id)),
  );
}

const foundId = (psaItemId: string): BillingItemId => BillingItemId.parse(stableId('bi', 'psa', psaItemId));

const isFoundOnly = ({ id, psa }: BillingItem): boolean =>
  psa?.itemIds.some((psaItemId) => foundId(psaItemId) === id) ?? false;

function pendingAgain(item: BillingItem, { at, by }: PostedInput): BillingItem {
  const { postedAt, postedBy, psa: _, ...rest } = item;
  const { units, days, period, unitPrice, unitCost } = item;
  const taken = { postedAt: postedAt ?? at, postedBy: postedBy ?? by, at, by };
  return {
    ...rest,
    status: 'pending',
    amount: prorate(unitPrice, units, days, period.days),
    ...(unitCost === undefined ? {} : { cost: prorate(unitCost, units, days, period.days) }),
    unposted: [...item.unposted, { ...taken, reason: `Un-posted in ${by.name}.` }],
  };
}

interface Facts {
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly services: ReadonlyMap<string, ContractService>;
  readonly servicesOf: ReadonlyMap<string, number>;
  readonly ledgers: ReadonlyMap<string, readonly UnitLedger[]>;
  readonly days: MovedDays;
}

const indexFacts = ({ contracts, contractServices, unitLedgers, unitPushes }: PostedInput): Facts => ({
  contracts: new Map(contracts.map((contract) => [contract.id, contract])),
  services: new Map(contractServices.map((service) => [service.id, service])),
  servicesOf: new Map(
    [...Map.groupBy(contractServices, ({ contractId }) => contractId as string)].map(([id, own]) => [
      id,
      own.length,
    ]),
  ),
  ledgers: Map.groupBy(unitLedgers, (ledger) => ledger.contractServiceId as string),
  days: new MovedDays(unitPushes),
});

/** The pending items that posted ones of one service, day and kind stand for: of the same kind, else of the same day. */
function counterparts(own: readonly PsaPostedItem[], books: ItemsByService, { days }: Facts): BillingItem[] {
  const [first] = own;
  if (!first) return [];
  const pending = books.of(first.contractServiceId).filter((item) => item.status === 'pending');
  const day = dayOf(first, days);
  const ofKind = pending.filter((item) => item.kind === first.kind && dayOf(item, days) === day);
  return ofKind.length > 0 ? ofKind : pending.filter((item) => item.itemDate === first.itemDate);
}

/** A posted item that nothing here stood for. */
function foundItem(posted: PsaPostedItem, facts: Facts, by: Actor): BillingItem | undefined {
  const service = facts.services.get(posted.contractServiceId);
  const contract = service && facts.contracts.get(service.contractId);
  if (!service || !contract || !isBilledByIcb(contract, facts.servicesOf.get(contract.id) ?? 0))
    return undefined;
  const period = periodContaining(contract, posted.itemDate);
  if (!period) return undefined;
  const { unitCost } = pricesAt(service, period.start);
  const days = daysLeft(period, posted.itemDate);
  const feeding = feedingLedger(facts.ledgers.get(service.id) ?? [], posted.itemDate);
  const cost = posted.cost ?? (unitCost && roundToCents(prorate(unitCost, posted.units, days, period.days)));
  return {
    id: foundId(posted.id),
    status: 'posted',
    kind: posted.kind,
    organizationId: contract.organizationId,
    contractId: contract.id,
    contractServiceId: service.id,
    service: service.service,
    module: feeding?.module ?? null,
    billingType: feeding?.billingType ?? null,
    period: { start: period.start, end: period.end, days: period.days },
    itemDate: posted.itemDate,
    days,
    units: posted.units,
    unitPrice: posted.unitPrice,
    ...(unitCost === undefined ? {} : { unitCost }),
    amount: posted.amount,
    ...(cost === undefined ? {} : { cost }),
    currency: service.currency,
    postedAt: posted.postedAt,
    postedBy: by,
    psa: { itemIds: [posted.id], note: `${by.name} billed it; nothing of it was pending here.` },
    unposted: [],
  };
}

/** The billing type that had the service's units in force on `date`; of several the one with most. */
function feedingLedger(ledgers: readonly UnitLedger[], date: IsoDate): UnitLedger | undefined {
  const inForce = ledgers
    .filter(({ module }) => module !== null)
    .map((ledger) => ({ ledger, units: unitsOn(ledger.changes, date) }))
    .filter(({ units }) => units > 0);
  return inForce.toSorted((a, b) => b.units - a.units)[0]?.ledger;
}

/** What the service's ledgers call for, now that something was billed otherwise than they had it. */
function correct(
  books: ItemsByService,
  contractServiceId: string,
  from: IsoDate,
  { contracts, services, ledgers }: Facts,
  today: IsoDate,
): void {
  const service = services.get(contractServiceId);
  const contract = service && contracts.get(service.contractId);
  if (!service || !contract) return;
  for (const ledger of ledgers.get(contractServiceId) ?? []) {
    const begun = ledger.changes.map(({ effectiveDate }) => effectiveDate).sort()[0];
    if (begun === undefined || ledger.itemsThrough === undefined) continue;
    const existing = books.of(contractServiceId);
    const changes = deriveItems({ ledger, contract, service }, existing, later(from, begun), today);
    for (const item of changes.remove) books.delete(item);
    for (const item of changes.put) books.set(item);
  }
}

function differences(before: readonly BillingItem[], books: ItemsByService) {
  const known = new Map<string, BillingItem>(before.map((item) => [item.id, item]));
  const after = new Map<string, BillingItem>([...books.all()].map((item) => [item.id, item]));
  return {
    put: [...after.values()].filter((item) => known.get(item.id) !== item),
    remove: before.filter((item) => !after.has(item.id)),
  };
}
