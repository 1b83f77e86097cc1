import type { Context } from 'hono';
import { isIcbError } from '../../src/domain/errors.ts';
import { findOrganization } from '../../src/usecases/list-organizations.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import {
  decodeBillingItemFilter,
  encodeBillingItemFilter,
} from '../../src/widgets/billing-item-filter-url.ts';
import type { WebEnv } from '../deps.ts';
import { isSortColumn, type Sort } from '../items/read-items.ts';

export interface ItemsQuery {
  readonly filter: BillingItemFilter;
  readonly sort?: Sort;
  readonly cursor?: string;
  /** What could not be understood, in a sentence; that part is left out of the filter. */
  readonly problem?: string;
}

/**
 * What the drill-in's address asks for. People type into this form, so that a name nobody bears is told beside the
 * field instead of as an error page.
 */
export async function readItemsQuery(c: Context<WebEnv>): Promise<ItemsQuery> {
  const params = new URL(c.req.url).searchParams;
  const by = params.get('sort') ?? undefined;
  const cursor = params.get('cursor');
  const { filter, problem } = await named(c, params);
  return {
    filter,
    ...(problem !== undefined && { problem }),
    ...(isSortColumn(by) && { sort: { by, descending: params.get('order') === 'desc' } }),
    ...(cursor && { cursor }),
  };
}

async function named(
  c: Context<WebEnv>,
  params: URLSearchParams,
): Promise<Pick<ItemsQuery, 'filter' | 'problem'>> {
  const { filter, problem } = decoded(params);
  const name = params.get('organizationName')?.trim();
  if (!name) return { filter, ...(problem !== undefined && { problem }) };
  const { organization, nearest } = await findOrganization(c.var.deps.core, name);
  if (organization) return { filter: { ...filter, organization: [organization.id] } };
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.map((one) => one.name).join(', ')}?` : '';
  return { filter, problem: `No organization is called “${name}”.${hint}` };
}

function decoded(params: URLSearchParams): Pick<ItemsQuery, 'filter' | 'problem'> {
  try {
    return { filter: decodeBillingItemFilter(params) };
  } catch (error) {
    if (!isIcbError(error)) throw error;
    return { filter: {}, problem: error.message };
  }
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
