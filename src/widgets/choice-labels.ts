import type { ChartType } from './chart-types.ts';
import type { WidgetDefinition } from './widget-definition.ts';
import type { RelativePeriod } from './widget-filters.ts';

/** What the builder calls each choice; a choice without words is a compile error. */
export const CHART_LABELS = {
  bar: 'Bar',
  column: 'Column',
  'stacked-bar': 'Stacked bar',
  'stacked-column': 'Stacked column',
  'grouped-bar': 'Grouped bar',
  'grouped-column': 'Grouped column',
  'percent-bar': '100 % bar',
  'percent-column': '100 % column',
  line: 'Line',
  area: 'Area',
  pie: 'Pie',
  doughnut: 'Doughnut',
  funnel: 'Funnel',
  table: 'Table',
  number: 'Number',
  'needle-gauge': 'Needle gauge',
  'doughnut-gauge': 'Doughnut gauge',
} satisfies Record<ChartType, string>;

export const ENTITY_LABELS = {
  pending: 'Pending billing items',
  posted: 'Posted billing items',
  both: 'Pending and posted billing items',
  leakage: 'Leakage: counted, billed nowhere',
} satisfies Record<WidgetDefinition['entity'], string>;

export const AGGREGATE_LABELS = {
  sum: 'Sum',
  average: 'Average',
  minimum: 'Minimum',
  maximum: 'Maximum',
  count: 'Count',
} satisfies Record<WidgetDefinition['measure']['aggregate'], string>;

export const PERIOD_LABELS = {
  'this-month': 'This month',
  'last-month': 'Last month',
  'next-month': 'Next month',
  'this-quarter': 'This quarter',
  'last-quarter': 'Last quarter',
  'last-3-months': 'Last 3 months',
  'last-6-months': 'Last 6 months',
  'last-12-months': 'Last 12 months',
  'last-24-months': 'Last 24 months',
  'this-year': 'This year',
  'last-year': 'Last year',
} satisfies Record<RelativePeriod, string>;
