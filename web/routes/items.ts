import { Hono } from 'hono';
import { IcbError } from '../../src/domain/errors.ts';
import { billingItemChunks, itemTotals, listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { type Names, readNames } from '../../src/usecases/names.ts';
import { postableItems } from '../../src/usecases/postable-items.ts';
import { readItemColumns, saveItemColumns } from '../../src/usecases/preferences.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import { encodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';
import { attachment } from '../attachment.ts';
import type { WebEnv } from '../deps.ts';
import { filterChips, filterHeading } from '../items/filter-words.ts';
import { COLUMN_NAMES, chosenColumns, type ItemColumnName } from '../items/item-columns.ts';
import { itemsCsv } from '../items/items-csv.ts';
import { itemsXlsx, MOST_XLSX_ROWS } from '../items/items-xlsx.ts';
import { readPsaElsewhere } from '../items/psa-links.ts';
import { type ItemsPage, readAllItems, readItemsPage } from '../items/read-items.ts';
import { understoodFilter } from '../items/typed-filter.ts';
import { type FilterForm, MORE_FIELDS, type MoreField } from '../pages/items-filter.ts';
import { itemsPage } from '../pages/items-page.ts';
import { createShow } from '../pages/show.ts';
import { planHref } from '../plan/plan-query.ts';
import { type ItemsQuery, itemsHref, readItemsQuery } from './items-query.ts';

/** Of a filter that is not understood: other rows than those asked for would be taken for them. */
const NO_ROWS: ItemsPage = { items: [], totals: [] };

/** The rows behind a mark, as a page and as CSV. */
export function itemsRoutes() {
  return new Hono<WebEnv>()
    .get('/dashboard/items', async (c) => {
      const { core, settings } = c.var.deps;
      const query = await readItemsQuery(c);
      const { filter, sort, cursor, problem } = query;
      const show = createShow(settings, core.clock.now());
      const [page, names, modules, pending, own] = await Promise.all([
        problem === undefined ? readItemsPage(core, filter, { sort, cursor }) : NO_ROWS,
        readNames(core),
        listModules(core),
        problem === undefined ? pendingHere(core, filter) : NOTHING_PENDING,
        readItemColumns(core, c.var.viewer.actor),
      ]);
      const enabled = modules.filter((module) => module.enabled);
      const shown = (name: ItemColumnName): boolean => enabled.length > 0 || name !== 'module';
      return c.html(
        itemsPage({
          viewer: c.var.viewer,
          show,
          page,
          ...pending,
          locale: settings.locale,
          psa: await readPsaElsewhere(core, page.items),
          chips: problem === undefined ? filterChips(filter, names, show) : [],
          form: filterForm(query, names, enabled),
          filter,
          query: encodeBillingItemFilter(filter).toString(),
          table: {
            sort,
            sortedBy: (order) => itemsHref(filter, { sort: order }),
            columns: chosenColumns(own).filter(shown),
          },
          offered: COLUMN_NAMES.filter(shown),
          here: itemsHref(filter, { sort }),
          held: heldHref(filter, names),
          ...(cursor && { firstPage: itemsHref(filter, { sort }) }),
          ...(page.next && { nextPage: itemsHref(filter, { sort, cursor: page.next }) }),
        }),
      );
    })
    .get('/dashboard/items.csv', async (c) => {
      const { core, settings } = c.var.deps;
      const filter = await understoodFilter(core, new URL(c.req.url).searchParams);
      const names = await readNames(core);
      const heading = filterHeading(filterChips(filter, names, createShow(settings, core.clock.now())));
      return c.body(itemsCsv(billingItemChunks(core, filter)), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': attachment(heading, 'csv'),
      });
    })
    .get('/dashboard/items.xlsx', async (c) => {
      const { core, settings } = c.var.deps;
      const filter = await understoodFilter(core, new URL(c.req.url).searchParams);
      const { totals } = await listBillingItems(core, { filter, limit: 0 });
      if (totals.reduce((sum, { count }) => sum + count, 0) > MOST_XLSX_ROWS)
        throw new IcbError(
          'bad-input',
          'A sheet of more than 100,000 rows is none: narrow the filter, or take the CSV, which has no limit.',
        );
      const [items, names] = await Promise.all([readAllItems(core, filter), readNames(core)]);
      const heading = filterHeading(filterChips(filter, names, createShow(settings, core.clock.now())));
      return c.body(await itemsXlsx(items, COLUMN_NAMES), 200, {
        'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'Content-Disposition': attachment(heading, 'xlsx'),
      });
    })
    .post('/dashboard/own/item-columns', async (c) => {
      const form = await c.req.formData();
      const columns = form.get('usual') ? [] : form.getAll('column').map(String);
      await saveItemColumns(c.var.deps.core, c.var.viewer.actor, columns);
      const back = String(form.get('back') ?? '');
      return c.redirect(back.startsWith('/dashboard/items?') ? back : '/dashboard/items', 303);
    });
}

const NOTHING_PENDING = { pending: [], notDue: 0 };

/** What approve and post could post of this filter. */
async function pendingHere(core: WebEnv['Variables']['deps']['core'], filter: BillingItemFilter) {
  if (filter.status === 'posted') return NOTHING_PENDING;
  const { due, skipped } = await postableItems(core, filter);
  return { pending: itemTotals(due), notDue: skipped.length };
}

/** Where counts of the filter's one module or organization wait for a person; of all where it names none or several. */
function heldHref({ module = [], organization = [] }: BillingItemFilter, names: Names): string {
  const [oneModule, ...modules] = module;
  const [oneOrganization, ...organizations] = organization;
  return planHref({
    action: 'held',
    ...(oneModule && modules.length === 0 && { module: oneModule }),
    ...(oneOrganization &&
      organizations.length === 0 && { organization: names.organization(oneOrganization) }),
  });
}

const IN_FORM: ReadonlySet<string> = new Set(['status', 'module', 'organization', 'period', ...MORE_FIELDS]);

function filterForm(
  { filter, typed, problem }: ItemsQuery,
  names: Names,
  enabled: readonly { id: string; name: string }[],
): FilterForm {
  const params = encodeBillingItemFilter(filter);
  const [organization, ...others] = filter.organization ?? [];
  const single = organization !== undefined && others.length === 0;
  return {
    status: typed.status ?? filter.status ?? '',
    ...(enabled.length > 0 && {
      module: {
        value: params.get('module') ?? '',
        text: (filter.module ?? []).map((id) => names.module(id)).join(', '),
        options: enabled,
      },
    }),
    organization: typed.organizationName ?? (single ? names.organization(organization) : ''),
    period: typed.period ?? params.get('period') ?? '',
    more: Object.fromEntries(
      MORE_FIELDS.map((name) => [name, typed[name] ?? params.get(name) ?? '']),
    ) as Record<MoreField, string>,
    kept: [...params].filter(([name]) => !IN_FORM.has(name) || (name === 'organization' && !single)),
    problem,
  };
}
