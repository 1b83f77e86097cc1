import { z } from 'zod';
import { Currency, MoneyInput } from '../domain/money.ts';
import { CHART_RULES, CHART_TYPES } from './chart-types.ts';
import { isLocale } from './format-figure.ts';
import { filtersLeakage } from './leakage-filter.ts';
import { WidgetFilters } from './widget-filters.ts';

export type { ChartType } from './chart-types.ts';
export { CHART_TYPES };

export const DIMENSIONS = [
  'module',
  'organization',
  'billingType',
  'service',
  'month',
  'quarter',
  'year',
  'status',
  'kind',
  'reason',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Dates, by their grain. They run in calendar order and are never cut to the largest. */
const DATES: ReadonlySet<Dimension> = new Set(['month', 'quarter', 'year']);
export const isDate = (dimension: Dimension): boolean => DATES.has(dimension);

/** `both` is pending and posted billing items; leakage is usage that is counted and bills nowhere. */
export const ENTITIES = ['pending', 'posted', 'both', 'leakage'] as const;

export const FIELDS = ['amount', 'cost', 'margin', 'units', 'unitPrice', 'unitCost', 'count'] as const;
export const AGGREGATES = ['sum', 'average', 'minimum', 'maximum', 'count'] as const;

/** What shows what the MSP itself pays: never in an embed that was not allowed to. */
export const TELLS_COST: ReadonlySet<(typeof FIELDS)[number]> = new Set(['cost', 'margin', 'unitCost']);

/** What leakage can be grouped by. */
const OF_LEAKAGE: ReadonlySet<Dimension> = new Set(['module', 'organization', 'billingType', 'reason']);

const PRICES: ReadonlySet<string> = new Set(['unitPrice', 'unitCost']);

const WidgetId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens')
  .max(80);

// Marks that turn the direction of what follows would let a title rewrite the words around it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones refused
const UNREADABLE = /[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !UNREADABLE.test(text), 'without control characters and direction marks');

/**
 * What a widget shows, closed: a Vega-Lite spec is derived from it and never accepted, because a spec is a program
 * (facts/embedding.md §3.4).
 */
export const WidgetDefinition = z
  .strictObject({
    id: WidgetId,
    title: words(120).min(1),
    description: words(300).optional(),
    entity: z.enum(ENTITIES),
    measure: z.strictObject({ field: z.enum(FIELDS), aggregate: z.enum(AGGREGATES).default('sum') }),
    groupBy: z.enum(DIMENSIONS),
    breakDownBy: z.enum(DIMENSIONS).optional(),
    chart: z.enum(CHART_TYPES),
    filters: WidgetFilters.default({}),
    /** Show the n largest groups; the rest becomes "Other". Not for dates, which are never left out. */
    top: z.number().int().min(1).max(50).optional(),
    /** The same for the break-down. */
    breakDownTop: z.number().int().min(1).max(25).optional(),
    showOther: z.boolean().default(true),
    /** Dates always run in calendar order. */
    sort: z
      .strictObject({ by: z.enum(['value', 'label']), order: z.enum(['ascending', 'descending']) })
      .default({ by: 'value', order: 'descending' }),
    /** A line to reach; where a gauge ends. */
    goal: z.strictObject({ value: MoneyInput, label: words(40).min(1).default('Goal') }).optional(),
    legend: z.boolean().optional(),
    /** Figures at bars, columns, points and slices. */
    labels: z.boolean().optional(),
    /** The total under the title. */
    total: z.boolean().optional(),
    /** Only items in this currency; otherwise each currency has a panel of its own. */
    currency: Currency.optional(),
    /** How figures and months are written; icb's own otherwise. */
    locale: z.string().max(35).refine(isLocale, 'a language such as en-US or de-DE').optional(),
    theme: z.enum(['light', 'dark']).optional(),
  })
  .superRefine(({ chart, groupBy, breakDownBy, measure, entity, filters }, check) => {
    const refuse = (path: string[], message: string): void => {
      check.addIssue({ code: 'custom', path, message });
    };
    const { breakDown, whole } = CHART_RULES[chart];
    const { field, aggregate } = measure;
    if (groupBy === breakDownBy) refuse(['breakDownBy'], 'break down by something else than the grouping');
    if (breakDown === 'needed' && !breakDownBy)
      refuse(['breakDownBy'], `a ${chart} chart needs something to break down by`);
    if (breakDown === 'none' && breakDownBy) refuse(['chart'], `a ${chart} chart cannot show a break-down`);
    if (whole && aggregate !== 'sum' && aggregate !== 'count')
      refuse(['measure', 'aggregate'], `a ${chart} chart shows parts of a whole: take the sum or the count`);
    for (const [path, dimension] of [['groupBy', groupBy] as const, ['breakDownBy', breakDownBy] as const]) {
      if (dimension === 'reason' && entity !== 'leakage')
        refuse([path], 'only leakage has a reason: choose another grouping');
      if (entity === 'leakage' && dimension && !OF_LEAKAGE.has(dimension))
        refuse([path], 'leakage is grouped by module, organization, billing type or reason');
    }
    if (entity === 'leakage' && field !== 'units' && field !== 'amount')
      refuse(['measure', 'field'], 'leakage is measured in units or in amount');
    if (entity === 'leakage' && aggregate === 'count')
      refuse(['measure', 'aggregate'], 'leakage is measured in units or in amount');
    if (entity === 'leakage' && !filtersLeakage(filters))
      refuse(['filters'], 'leakage is filtered by module, organization, billing type or currency');
    if (PRICES.has(field) && aggregate === 'sum')
      refuse(['measure', 'aggregate'], 'a sum of prices says nothing: take the average, minimum or maximum');
  });
export type WidgetDefinition = z.infer<typeof WidgetDefinition>;
export type WidgetDefinitionInput = z.input<typeof WidgetDefinition>;
