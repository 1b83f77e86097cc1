import { setImmediate } from 'node:timers/promises';
import type { BillingItem } from '../domain/billing-item.ts';
import { IcbError } from '../domain/errors.ts';
import { fromTenThousandths, type Money, roundToCents, sumMoney } from '../domain/money.ts';
import type { PartitionRange, Snapshot } from '../ports/store.ts';
import { type BillingItemFilter, filterTest } from '../widgets/billing-item-filter.ts';
import {
  GROUP_FIELDS,
  type GroupKey,
  groupBuckets,
  groupDimensions,
  type ItemGroup,
} from '../widgets/group-items.ts';
import type { Core } from './core.ts';
import { gatherBillingItems } from './gather-billing-items.ts';
import { headingNames, type Names, namesIn } from './names.ts';

export interface BillingItemView extends BillingItem {
  /** Names of what the ids mean. */
  readonly organization: string;
  readonly contract: string;
  readonly moduleName: string;
  readonly billingTypeLabel: string;
}

export interface ItemTotal {
  readonly currency: string;
  /** Sum of two-decimal figures. */
  readonly amount: Money;
  readonly units: number;
  readonly count: number;
}

/** Billing items that match, newest period first, a page of them, with the totals of all that match. */
export async function listBillingItems(
  core: Core,
  {
    filter,
    limit = 100,
    cursor,
  }: { readonly filter: BillingItemFilter; readonly limit?: number; readonly cursor?: string | undefined },
): Promise<{
  readonly items: BillingItemView[];
  readonly nextCursor?: string;
  readonly totals: ItemTotal[];
}> {
  const snapshot = await core.store.snapshot();
  const names = await namesIn(snapshot);
  const all = (await matchingItems(snapshot, filter)).sort(newestFirst);
  const start = cursor === undefined ? 0 : afterCursor(all, cursor);
  const page = all.slice(start, start + limit);
  const last = page.at(-1);
  return {
    items: page.map((item) => viewOf(item, names)),
    ...(last && start + limit < all.length ? { nextCursor: cursorOf(last) } : {}),
    totals: itemTotals(all),
  };
}

/** All that match, newest period first, some thousands at a time, so that nobody else waits and no memory fills. */
export async function* billingItemChunks(
  core: Core,
  filter: BillingItemFilter,
  size = 2_000,
): AsyncGenerator<BillingItemView[]> {
  const snapshot = await core.store.snapshot();
  const names = await namesIn(snapshot);
  const all = (await matchingItems(snapshot, filter)).sort(newestFirst);
  for (let at = 0; at < all.length; at += size) {
    yield all.slice(at, at + size).map((item) => viewOf(item, names));
    await setImmediate();
  }
}

/** Matching items summed by one or two keys. */
export async function groupBillingItems(
  core: Core,
  { filter, groupBy }: { readonly filter: BillingItemFilter; readonly groupBy: readonly GroupKey[] },
): Promise<{ readonly groups: ItemGroup[] }> {
  const snapshot = await core.store.snapshot();
  const buckets = await gatherBillingItems(core, snapshot, {
    filters: [filter],
    by: groupDimensions(groupBy),
    fields: GROUP_FIELDS,
  });
  return { groups: groupBuckets(buckets, groupBy, await headingNames(snapshot)) };
}

/** Totals of the items that match, without reading the items. */
export async function totalBillingItems(
  core: Core,
  filter: BillingItemFilter,
): Promise<readonly ItemTotal[]> {
  const snapshot = await core.store.snapshot();
  const buckets = await gatherBillingItems(core, snapshot, {
    filters: [filter],
    by: [],
    fields: ['units', 'amount'],
  });
  return buckets
    .map(({ currency, count, tallies: [units, amount] }) => ({
      currency,
      amount: fromTenThousandths(amount?.sum ?? 0n),
      units: Number(units?.sum ?? 0n),
      count,
    }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

export async function matchingItems(snapshot: Snapshot, filter: BillingItemFilter): Promise<BillingItem[]> {
  return (await snapshot.list('billingItems', monthsOf(filter))).filter(filterTest(filter));
}

const monthsOf = ({ period }: BillingItemFilter): PartitionRange => ({
  ...(period?.from ? { from: period.from } : {}),
  ...(period?.to ? { to: period.to } : {}),
});

const sortKey = (item: BillingItem): string => `${item.period.start}|${item.itemDate}|${item.id}`;
const newestFirst = (a: BillingItem, b: BillingItem): number => (sortKey(a) > sortKey(b) ? -1 : 1);

const cursorOf = (item: BillingItem): string => Buffer.from(sortKey(item)).toString('base64url');

/** The place after the item of the cursor, also when that one is gone meanwhile. */
function afterCursor(sorted: readonly BillingItem[], cursor: string): number {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^\d{4}-\d{2}-\d{2}\|/.test(key))
    throw new IcbError('bad-input', 'The cursor is not one that icb gave out; start again without it.');
  const index = sorted.findIndex((item) => sortKey(item) < key);
  return index < 0 ? sorted.length : index;
}

export function viewOf(item: BillingItem, names: Names): BillingItemView {
  return {
    ...item,
    organization: names.organization(item.organizationId),
    contract: names.contract(item.contractId),
    moduleName: names.module(item.module),
    billingTypeLabel: names.billingType(item.module, item.billingType),
  };
}

/** Sums per currency; currencies are never added together. */
export function itemTotals(items: readonly BillingItem[]): ItemTotal[] {
  return [...Map.groupBy(items, (item) => item.currency)]
    .map(([currency, own]) => ({
      currency,
      amount: sumMoney(own.map((item) => roundToCents(item.amount))),
      units: own.reduce((sum, item) => sum + item.units, 0),
      count: own.length,
    }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
