import type { BillingItemFilter, FilterLists } from './billing-item-filter.ts';
import { definitionFilter } from './definition-filter.ts';
import { type Heading, monthsOf } from './heading.ts';
import type { Mark, Panel, WidgetResult } from './query.ts';
import { type Dimension, isDate } from './widget-definition.ts';

/** The dimensions a filter holds as lists; months and statuses have parts of their own. */
const listed = {
  module: (keys) => ({ module: keys as NonNullable<FilterLists['module']> }),
  organization: (keys) => ({ organization: keys as NonNullable<FilterLists['organization']> }),
  billingType: (keys) => ({ billingType: keys as NonNullable<FilterLists['billingType']> }),
  service: (keys) => ({ service: [...keys] }),
} satisfies Partial<Record<Dimension, (keys: string[]) => FilterLists>>;

const none: Partial<Record<Dimension, FilterLists>> = {
  module: { noModule: true },
  billingType: { noBillingType: true },
};

const isListed = (dimension: Dimension): dimension is keyof typeof listed => dimension in listed;

function headingLists(dimension: keyof typeof listed, headings: readonly Heading[]): FilterLists {
  const keys = headings.filter((heading) => heading.kind === 'value').map((heading) => heading.key);
  return {
    ...(keys.length > 0 && listed[dimension](keys)),
    ...(headings.some((heading) => heading.kind === 'none') && none[dimension]),
  };
}

const FLAG_OF: Partial<Record<Dimension, 'noModule' | 'noBillingType'>> = {
  module: 'noModule',
  billingType: 'noBillingType',
};

/** What either leaves out. */
function joined(a: FilterLists, b: FilterLists): FilterLists {
  const merged: Record<string, unknown> = { ...a, ...b };
  for (const name of Object.keys(listed) as (keyof typeof listed)[])
    if (a[name] && b[name]) merged[name] = [...new Set<string>([...a[name], ...b[name]])];
  return merged as FilterLists;
}

type Period = NonNullable<BillingItemFilter['period']>;

/** The months in both: a quarter may reach over the end of the widget's own range. */
const within = (range: Period | undefined, { from, to }: Required<Period>): Period => ({
  from: range?.from && from && range.from > from ? range.from : from,
  to: range?.to && to && range.to < to ? range.to : to,
});

/**
 * Narrows `filter` to one heading. The definition's own filter on the same dimension gives way, because the heading
 * came out of it; for "Other" it stays, less what is shown apart.
 */
function narrow(
  filter: BillingItemFilter,
  dimension: Dimension,
  heading: Heading,
  all: readonly Heading[],
): BillingItemFilter {
  if (dimension === 'status') return { ...filter, status: heading.key as 'pending' | 'posted' };
  if (dimension === 'kind') return { ...filter, kind: heading.key as 'period' | 'adjustment' };
  if (isDate(dimension)) return { ...filter, period: within(filter.period, monthsOf(heading.key)) };
  if (!isListed(dimension)) return filter;
  if (heading.kind === 'other') {
    return { ...filter, except: joined(filter.except ?? {}, headingLists(dimension, all)) };
  }
  const flag = FLAG_OF[dimension];
  const rest = { ...filter };
  delete rest[dimension];
  if (flag) delete rest[flag];
  return { ...rest, ...headingLists(dimension, [heading]) };
}

const panelOf = (result: WidgetResult, mark: Mark): Panel | undefined =>
  result.panels.find((panel) => panel.currency === mark.currency);

/** Exactly the billing items behind a mark: their sum is the mark's value. */
export function drillFilter(result: WidgetResult, mark: Mark): BillingItemFilter {
  const { definition, today } = result;
  const panel = panelOf(result, mark);
  let filter: BillingItemFilter = {
    ...definitionFilter(definition, today),
    ...(mark.currency && { currency: mark.currency }),
  };
  if (mark.group) filter = narrow(filter, definition.groupBy, mark.group, panel?.groups ?? []);
  if (mark.series && definition.breakDownBy)
    filter = narrow(filter, definition.breakDownBy, mark.series, panel?.series ?? []);
  return filter;
}
