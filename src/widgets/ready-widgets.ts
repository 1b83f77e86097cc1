import { libraryWidgets } from './library-widgets.ts';
import { WidgetDefinition, type WidgetDefinitionInput } from './widget-definition.ts';

const READY: readonly WidgetDefinitionInput[] = [
  {
    id: 'pending-by-module',
    title: 'Pending by module',
    description: 'Billing items waiting to be approved and posted',
    entity: 'pending',
    measure: { field: 'amount' },
    groupBy: 'module',
    chart: 'bar',
    top: 12,
  },
  {
    id: 'posted-by-module',
    title: 'Posted by module',
    description: 'Billing items posted for the last 12 months',
    entity: 'posted',
    measure: { field: 'amount' },
    groupBy: 'module',
    chart: 'bar',
    filters: { months: 'last-12-months' },
    top: 12,
  },
  {
    id: 'posted-by-month',
    title: 'Posted by month and module',
    description: 'Month in which the billing period starts, last 12 months',
    entity: 'posted',
    measure: { field: 'amount' },
    groupBy: 'month',
    breakDownBy: 'module',
    breakDownTop: 8,
    chart: 'stacked-column',
    filters: { months: 'last-12-months' },
  },
  {
    id: 'top-organizations',
    title: 'Top organizations',
    description: 'Pending and posted billing items of the last 12 months',
    entity: 'both',
    measure: { field: 'amount' },
    groupBy: 'organization',
    chart: 'bar',
    filters: { months: 'last-12-months' },
    top: 10,
    showOther: false,
  },
  {
    id: 'units-by-billing-type',
    title: 'Units by billing type',
    description: 'Units of the billing periods that start this month',
    entity: 'both',
    measure: { field: 'units' },
    groupBy: 'billingType',
    breakDownBy: 'module',
    chart: 'table',
    filters: { months: 'this-month' },
    top: 25,
  },
  {
    id: 'margin-by-module',
    title: 'Margin by module',
    description: 'Amount less cost of pending and posted billing items, last 12 months',
    entity: 'both',
    measure: { field: 'margin' },
    groupBy: 'module',
    chart: 'bar',
    filters: { months: 'last-12-months' },
    top: 12,
  },
  {
    id: 'leakage-by-reason',
    title: 'Leakage by reason',
    description: 'Units that are counted and bill nowhere',
    entity: 'leakage',
    measure: { field: 'units' },
    groupBy: 'reason',
    chart: 'bar',
  },
  {
    id: 'leakage-by-module',
    title: 'Leakage by module',
    description: 'Money of a month that is counted and bills nowhere',
    entity: 'leakage',
    measure: { field: 'amount' },
    groupBy: 'module',
    chart: 'bar',
    top: 12,
  },
];

/** The widgets every ICB tab starts with. */
export const readyWidgets: readonly WidgetDefinition[] = READY.map((definition) =>
  WidgetDefinition.parse(definition),
);

/** A widget that nobody made: one of the ICB tab or of the library. */
export const findReadyWidget = (id: string): WidgetDefinition | undefined =>
  [...readyWidgets, ...libraryWidgets].find((definition) => definition.id === id);
