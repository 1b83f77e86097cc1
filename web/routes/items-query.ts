import type { Context } from 'hono';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import { encodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';
import type { WebEnv } from '../deps.ts';
import { isSortColumn, type Sort } from '../items/read-items.ts';
import { readTypedFilter, type TypedFilter } from '../items/typed-filter.ts';

export interface ItemsQuery extends TypedFilter {
  readonly sort?: Sort;
  readonly cursor?: string;
}

/**
 * What the drill-in's address asks for. People type into this form, so that a name nobody bears is told beside the
 * field instead of as an error page.
 */
export async function readItemsQuery(c: Context<WebEnv>): Promise<ItemsQuery> {
  const params = new URL(c.req.url).searchParams;
  const by = params.get('sort') ?? undefined;
  const cursor = params.get('cursor');
  return {
    ...(await readTypedFilter(c.var.deps.core, params)),
    ...(isSortColumn(by) && { sort: { by, descending: params.get('order') === 'desc' } }),
    ...(cursor && { cursor }),
  };
}

/** The drill-in's address for a filter, an order and a page. */
export function itemsHref(
  filter: BillingItemFilter,
  { sort, cursor }: { sort?: Sort | undefined; cursor?: string } = {},
): string {
  const params = encodeBillingItemFilter(filter);
  if (sort) {
    params.set('sort', sort.by);
    if (sort.descending) params.set('order', 'desc');
  }
  if (cursor) params.set('cursor', cursor);
  return `/dashboard/items?${params}`;
}
