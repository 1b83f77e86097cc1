import { WidgetDefinition, type WidgetDefinitionInput } from './widget-definition.ts';

const YEAR = { months: 'last-12-months' } as const;
const amount = { field: 'amount' } as const;

const LIBRARY: readonly WidgetDefinitionInput[] = [
  {
    id: 'library-pending-and-posted-by-month',
    title: 'Pending and posted by month',
    description: 'What is billed beside what still waits, last 12 months',
    ...{ entity: 'both', measure: amount, groupBy: 'month', breakDownBy: 'status', chart: 'stacked-column' },
    filters: YEAR,
  },
  {
    id: 'library-revenue-by-quarter',
    title: 'Posted by quarter',
    description: 'Last 24 months',
    ...{ entity: 'posted', measure: amount, groupBy: 'quarter', chart: 'column', labels: true },
    filters: { months: 'last-24-months' },
  },
  {
    id: 'library-module-trend',
    title: 'Modules over time',
    description: 'Posted amount of the largest modules, last 12 months',
    ...{ entity: 'posted', measure: amount, groupBy: 'month', breakDownBy: 'module', chart: 'line' },
    ...{ breakDownTop: 6, filters: YEAR },
  },
  {
    id: 'library-module-share',
    title: 'Share of each module',
    description: 'Posted amount, last 12 months',
    ...{ entity: 'posted', measure: amount, groupBy: 'module', chart: 'doughnut', top: 8, filters: YEAR },
  },
  {
    id: 'library-module-mix-by-month',
    title: 'Module mix by month',
    description: 'Each month as 100 %, last 12 months',
    ...{ entity: 'both', measure: amount, groupBy: 'month', breakDownBy: 'module', chart: 'percent-column' },
    ...{ breakDownTop: 8, filters: YEAR },
  },
  {
    id: 'library-posted-this-month',
    title: 'Posted this month',
    ...{ entity: 'posted', measure: amount, groupBy: 'month', chart: 'number' },
    filters: { months: 'this-month' },
  },
  {
    id: 'library-pending-count',
    title: 'Items waiting to be posted',
    ...{ entity: 'pending', measure: { field: 'count' }, groupBy: 'kind', chart: 'number' },
  },
  {
    id: 'library-posted-against-goal',
    title: 'Posted against a goal',
    description: 'This month; set the goal to your own',
    ...{ entity: 'posted', measure: amount, groupBy: 'month', chart: 'needle-gauge' },
    ...{ filters: { months: 'this-month' }, goal: { value: '10000' } },
  },
  {
    id: 'library-margin-by-organization',
    title: 'Margin by organization',
    description: 'Amount less cost, last 12 months',
    ...{ entity: 'both', measure: { field: 'margin' }, groupBy: 'organization', chart: 'bar' },
    ...{ top: 15, filters: YEAR },
  },
  {
    id: 'library-lowest-margin-organizations',
    title: 'Lowest margins',
    description: 'Organizations that earn least, last 12 months',
    ...{ entity: 'both', measure: { field: 'margin' }, groupBy: 'organization', chart: 'bar' },
    ...{ sort: { by: 'value', order: 'ascending' }, top: 10, showOther: false, filters: YEAR },
  },
  {
    id: 'library-average-unit-price-by-service',
    title: 'Average unit price by service',
    description: 'Last 12 months',
    ...{ entity: 'both', measure: { field: 'unitPrice', aggregate: 'average' }, groupBy: 'service' },
    ...{ chart: 'bar', top: 20, filters: YEAR },
  },
  {
    id: 'library-adjustments-by-month',
    title: 'Adjustments by month',
    description: 'What changed inside a billing period, last 12 months',
    ...{ entity: 'both', measure: amount, groupBy: 'month', chart: 'column' },
    filters: { ...YEAR, kind: 'adjustment' },
  },
  {
    id: 'library-units-by-module-over-time',
    title: 'Units by module over time',
    description: 'Last 12 months',
    ...{
      entity: 'both',
      measure: { field: 'units' },
      groupBy: 'month',
      breakDownBy: 'module',
      chart: 'area',
    },
    ...{ breakDownTop: 8, filters: YEAR },
  },
  {
    id: 'library-organizations-by-module',
    title: 'Organizations by module',
    description: 'The largest organizations and what they pay for, last 12 months',
    ...{ entity: 'both', measure: amount, groupBy: 'organization', breakDownBy: 'module' },
    ...{ chart: 'stacked-bar', top: 12, breakDownTop: 8, filters: YEAR },
  },
  {
    id: 'library-items-without-module',
    title: 'Billed without a module',
    description: 'Units that no module counts, by service',
    ...{ entity: 'both', measure: amount, groupBy: 'service', chart: 'table', top: 25 },
    filters: { noModule: true },
  },
  {
    id: 'library-billing-type-funnel',
    title: 'Largest billing types',
    description: 'This month',
    ...{ entity: 'both', measure: amount, groupBy: 'billingType', chart: 'funnel', top: 6 },
    filters: { months: 'this-month' },
  },
];

/** Widgets to start from or to put on a tab; as the ready ones they stay as they are, and copies of them change. */
export const libraryWidgets: readonly WidgetDefinition[] = LIBRARY.map((definition) =>
  WidgetDefinition.parse(definition),
);
