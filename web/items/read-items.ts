import { compareMoney, type Money } from '../../src/domain/money.ts';
import type { Core } from '../../src/usecases/core.ts';
import { type BillingItemView, listBillingItems } from '../../src/usecases/list-billing-items.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';

export const PAGE = 100;
/** Rows one sorted table or one CSV file holds; beyond it people narrow the filter. */
export const MOST_ROWS = 50_000;

const text =
  (of: (item: BillingItemView) => string) =>
  (a: BillingItemView, b: BillingItemView): number =>
    of(a).localeCompare(of(b), 'en', { sensitivity: 'base', numeric: true });
const amount =
  (of: (item: BillingItemView) => string) =>
  (a: BillingItemView, b: BillingItemView): number =>
    compareMoney(of(a) as Money, of(b) as Money);

const ORDERS = {
  organization: text((item) => item.organization),
  contract: text((item) => item.contract),
  service: text((item) => item.service),
  module: text((item) => item.moduleName),
  billingType: text((item) => item.billingTypeLabel),
  period: text((item) => item.period.start),
  itemDate: text((item) => item.itemDate),
  kind: text((item) => item.kind),
  units: (a, b) => a.units - b.units,
  unitPrice: amount((item) => item.unitPrice),
  amount: amount((item) => item.amount),
  status: text((item) => item.status),
} satisfies Record<string, (a: BillingItemView, b: BillingItemView) => number>;

export type SortColumn = keyof typeof ORDERS;
export interface Sort {
  readonly by: SortColumn;
  readonly descending: boolean;
}

export const isSortColumn = (name: string | undefined): name is SortColumn =>
  name !== undefined && Object.hasOwn(ORDERS, name);

/** Every item of the filter, up to `MOST_ROWS`, newest period first. */
export async function readAllItems(core: Core, filter: BillingItemFilter): Promise<BillingItemView[]> {
  return (await listBillingItems(core, { filter, limit: MOST_ROWS })).items;
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
  const { items, totals } = await listBillingItems(core, { filter, limit: MOST_ROWS });
  const order = ORDERS[sort.by];
  const all = items.sort((a, b) => (sort.descending ? order(b, a) : order(a, b)));
  const from = Math.max(0, Number.parseInt(cursor ?? '0', 10) || 0);
  const more = from + PAGE < all.length;
  return { items: all.slice(from, from + PAGE), totals, ...(more && { next: String(from + PAGE) }) };
}
