import { CHART_LABELS, ENTITY_LABELS, PERIOD_LABELS } from './choice-labels.ts';
import { dimensions } from './heading.ts';
import { measureLabel } from './measure.ts';
import type { WidgetDefinition } from './widget-definition.ts';

type Part = Exclude<keyof WidgetDefinition, 'id' | 'filters'>;
type Words = {
  readonly [K in Part]: readonly [name: string, words: (value: NonNullable<WidgetDefinition[K]>) => string];
};

const onOff = (value: boolean): string => (value ? 'on' : 'off');

/** Each part of a definition in a person's words; a part without them is a compile error. */
const PARTS: Words = {
  title: ['Title', (text) => `“${text}”`],
  description: ['Description', (text) => `“${text}”`],
  entity: ['Billing items', (entity) => ENTITY_LABELS[entity].toLowerCase()],
  measure: ['Measure', (measure) => measureLabel(measure).toLowerCase()],
  groupBy: ['Group by', (by) => dimensions[by].title.toLowerCase()],
  breakDownBy: ['Break down by', (by) => dimensions[by].title.toLowerCase()],
  chart: ['Chart', (chart) => CHART_LABELS[chart].toLowerCase()],
  top: ['Largest groups', String],
  breakDownTop: ['Largest parts of the break-down', String],
  showOther: ['“Other”', onOff],
  sort: ['Sort', ({ by, order }) => `by ${by}, ${order}`],
  goal: ['Goal', ({ value, label }) => `${value} (${label})`],
  legend: ['Legend', onOff],
  labels: ['Labels', onOff],
  total: ['Total', onOff],
  currency: ['Currency', String],
  locale: ['Language', String],
  theme: ['Theme', String],
};

/** How a filter's parts are called, `except` before those that leave out. */
const FILTERS: Readonly<Record<string, string>> = {
  module: 'module',
  organization: 'organization',
  contract: 'contract',
  billingType: 'billing type',
  service: 'service',
  noModule: 'without a module',
  noBillingType: 'without a billing type',
  months: 'months',
  kind: 'kind',
  currency: 'currency',
  serviceContains: 'service contains',
  minAmount: 'amount from',
  maxAmount: 'amount to',
  minUnits: 'units from',
  maxUnits: 'units to',
};

function filterWords(value: unknown): string {
  if (Array.isArray(value)) return value.length > 3 ? `${value.length} values` : value.join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, text]) => `${name} ${text}`)
      .join(' ');
  return PERIOD_LABELS[value as keyof typeof PERIOD_LABELS]?.toLowerCase() ?? String(value);
}

const change = (name: string, before: string | undefined, after: string | undefined): string[] => {
  if (before === after) return [];
  if (before === undefined) return [`${name}: ${after}`];
  return after === undefined ? [`${name}: no longer ${before}`] : [`${name}: ${before} → ${after}`];
};

function filterChanges(before: object, after: object, prefix: string): string[] {
  const was = before as Record<string, unknown>;
  const is = after as Record<string, unknown>;
  return Object.entries(FILTERS).flatMap(([name, words]) =>
    change(
      `${prefix} ${words}`,
      was[name] === undefined ? undefined : filterWords(was[name]),
      is[name] === undefined ? undefined : filterWords(is[name]),
    ),
  );
}

/** What changed from one definition to the next, a line each: `Chart: bar → line`. */
export function definitionDiff(before: WidgetDefinition, after: WidgetDefinition): readonly string[] {
  const parts = (Object.keys(PARTS) as Part[]).flatMap((part) => {
    const [name, words] = PARTS[part] as readonly [string, (value: unknown) => string];
    const said = (value: unknown) => (value === undefined ? undefined : words(value));
    return change(name, said(before[part]), said(after[part]));
  });
  return [
    ...parts,
    ...filterChanges(before.filters, after.filters, 'Filter'),
    ...filterChanges(before.filters.except ?? {}, after.filters.except ?? {}, 'Leave out'),
  ];
}
