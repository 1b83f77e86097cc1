import { compareMoney, type Money } from '../../src/domain/money.ts';
import type { Core } from '../../src/usecases/core.ts';
import { type BillingItemView, listBillingItems } from '../../src/usecases/list-billing-items.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import { ITEM_COLUMNS, type ItemColumn, type ItemColumnName } from './item-columns.ts';

export const PAGE = 100;

type Value = NonNullable<ReturnType<ItemColumn['of']>>;

const words = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const COMPARE = {
  text: (a, b) => words.compare(String(a), String(b)),
  day: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  instant: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  count: (a, b) => Number(a) - Number(b),
  money: (a, b) => compareMoney(a as Money, b as Money),
} satisfies Record<ItemColumn['kind'], (a: Value, b: Value) => number>;

export type SortColumn = ItemColumnName;
export interface Sort {
  readonly by: SortColumn;
  readonly descending: boolean;
}

export const isSortColumn = (name: string | undefined): name is SortColumn =>
  name !== undefined && Object.hasOwn(ITEM_COLUMNS, name);

/** In the order of a column; what has no value there comes last either way. */
function ordered(items: readonly BillingItemView[], { by, descending }: Sort): BillingItemView[] {
  const { of, kind }: ItemColumn = ITEM_COLUMNS[by];
  const compare = COMPARE[kind];
  const keyed = items.map((item) => ({ item, key: of(item) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined)
      return Number(a.key === undefined) - Number(b.key === undefined);
    return descending ? compare(b.key, a.key) : compare(a.key, b.key);
  });
  return keyed.map(({ item }) => item);
}

/** Every item of the filter, newest period first. */
export async function readAllItems(core: Core, filter: BillingItemFilter): Promise<BillingItemView[]> {
  return (await listBillingItems(core, { filter, limit: Number.POSITIVE_INFINITY })).items;
}

export interface ItemsPage {
  readonly items: readonly BillingItemView[];
  readonly totals: Awaited<ReturnType<typeof listBillingItems>>['totals'];
  /** The cursor of the next page: the core's own, or a row number where the table is sorted by a column. */
  readonly next?: string;
}

/** One page of the table, in the order asked for over all rows of the filter, not only those shown. */
export async function readItemsPage(
  core: Core,
  filter: BillingItemFilter,
  { sort, cursor }: { sort?: Sort | undefined; cursor?: string | undefined },
): Promise<ItemsPage> {
  if (!sort) {
    const page = await listBillingItems(core, { filter, limit: PAGE, ...(cursor && { cursor }) });
    return { items: page.items, totals: page.totals, ...(page.nextCursor && { next: page.nextCursor }) };
  }
  const { items, totals } = await listBillingItems(core, { filter, limit: Number.POSITIVE_INFINITY });
  const all = ordered(items, sort);
  const from = Math.max(0, Number.parseInt(cursor ?? '0', 10) || 0);
  const more = from + PAGE < all.length;
  return { items: all.slice(from, from + PAGE), totals, ...(more && { next: String(from + PAGE) }) };
}
