import { Hono } from 'hono';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { type Names, readNames } from '../../src/usecases/names.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import { encodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';
import { attachment } from '../csv.ts';
import type { WebEnv } from '../deps.ts';
import { filterChips, filterHeading } from '../items/filter-words.ts';
import { itemsCsv } from '../items/items-csv.ts';
import { readAllItems, readItemsPage } from '../items/read-items.ts';
import type { FilterForm } from '../pages/items-filter.ts';
import { itemsPage } from '../pages/items-page.ts';
import { createShow } from '../pages/show.ts';
import { itemsHref, readItemsQuery } from './items-query.ts';

/** The rows behind a mark, as a page and as CSV. */
export function itemsRoutes() {
  return new Hono<WebEnv>()
    .get('/dashboard/items', async (c) => {
      const { core, settings } = c.var.deps;
      const { filter, sort, cursor, problem } = await readItemsQuery(c);
      const show = createShow(settings, core.clock.now());
      const [page, names, modules, pending] = await Promise.all([
        readItemsPage(core, filter, { sort, cursor }),
        readNames(core),
        listModules(core),
        pendingTotals(core, filter),
      ]);
      const enabled = modules.filter((module) => module.enabled);
      return c.html(
        itemsPage({
          viewer: c.var.viewer,
          show,
          page,
          pending,
          locale: settings.locale,
          chips: filterChips(filter, names, show),
          form: filterForm(filter, names, enabled, problem),
          filter,
          query: encodeBillingItemFilter(filter).toString(),
          table: {
            sort,
            sortedBy: (order) => itemsHref(filter, { sort: order }),
            withModules: enabled.length > 0,
          },
          ...(cursor && { firstPage: itemsHref(filter, { sort }) }),
          ...(page.next && { nextPage: itemsHref(filter, { sort, cursor: page.next }) }),
        }),
      );
    })
    .get('/dashboard/items.csv', async (c) => {
      const { core, settings } = c.var.deps;
      const { filter } = await readItemsQuery(c);
      const [items, names] = await Promise.all([readAllItems(core, filter), readNames(core)]);
      const heading = filterHeading(filterChips(filter, names, createShow(settings, core.clock.now())));
      return c.body(itemsCsv(items), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': attachment(heading, 'csv'),
      });
    });
}

/** What approve and post could post of this filter. */
async function pendingTotals(core: WebEnv['Variables']['deps']['core'], filter: BillingItemFilter) {
  if (filter.status === 'posted') return [];
  const page = await listBillingItems(core, { filter: { ...filter, status: 'pending' }, limit: 1 });
  return page.totals;
}

const IN_FORM = new Set(['status', 'module', 'organization', 'period']);

function filterForm(
  filter: BillingItemFilter,
  names: Names,
  enabled: readonly { id: string; name: string }[],
  problem: string | undefined,
): FilterForm {
  const params = encodeBillingItemFilter(filter);
  const [organization, ...others] = filter.organization ?? [];
  const single = organization !== undefined && others.length === 0;
  return {
    status: filter.status ?? '',
    ...(enabled.length > 0 && {
      module: {
        value: params.get('module') ?? '',
        text: (filter.module ?? []).map((id) => names.module(id)).join(', '),
        options: enabled,
      },
    }),
    organization: single ? names.organization(organization) : '',
    period: params.get('period') ?? '',
    kept: [...params].filter(([name]) => !IN_FORM.has(name) || (name === 'organization' && !single)),
    problem,
  };
}
