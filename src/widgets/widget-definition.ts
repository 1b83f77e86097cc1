import { z } from 'zod';
import { IsoMonth } from '../domain/calendar.ts';
import { BillingTypeName, ContractId, ModuleId, OrganizationId } from '../domain/ids.ts';

export const DIMENSIONS = ['module', 'organization', 'billingType', 'service', 'month', 'status'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const CHART_TYPES = ['bar', 'column', 'stacked-column', 'pie', 'table', 'number'] as const;
export type ChartType = (typeof CHART_TYPES)[number];

export const RELATIVE_PERIODS = [
  'this-month',
  'last-month',
  'last-3-months',
  'last-6-months',
  'last-12-months',
  'this-year',
] as const;
export type RelativePeriod = (typeof RELATIVE_PERIODS)[number];

const list = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(200);

/** Months of a billing period's start, both ends included: relative to the day of the query, or fixed. */
const Months = z.union([
  z.enum(RELATIVE_PERIODS),
  z
    .strictObject({ from: IsoMonth.optional(), to: IsoMonth.optional() })
    .refine(({ from, to }) => !from || !to || from <= to, 'the first month must not come after the last'),
]);

const Filters = z.strictObject({
  module: list(ModuleId).optional(),
  organization: list(OrganizationId).optional(),
  contract: list(ContractId).optional(),
  billingType: list(BillingTypeName).optional(),
  service: list(z.string().min(1).max(200)).optional(),
  months: Months.optional(),
});

/**
 * What a widget shows, closed: a Vega-Lite spec is derived from it and never accepted, because a spec is a program
 * (facts/embedding.md §3.4).
 */
export const WidgetDefinition = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens')
      .max(80),
    title: z.string().trim().min(1).max(120),
    description: z.string().trim().max(300).optional(),
    entity: z.enum(['pending', 'posted', 'both']),
    measure: z.strictObject({
      field: z.enum(['amount', 'cost', 'margin', 'units', 'count']),
      aggregate: z.enum(['sum']).default('sum'),
    }),
    groupBy: z.enum(DIMENSIONS),
    breakDownBy: z.enum(DIMENSIONS).optional(),
    chart: z.enum(CHART_TYPES),
    filters: Filters.default({}),
    /** Show the n largest groups; the rest becomes "Other". Not for months, which are never left out. */
    top: z.number().int().min(1).max(50).optional(),
    /** The same for the break-down. */
    breakDownTop: z.number().int().min(1).max(25).optional(),
    showOther: z.boolean().default(true),
    /** Months always run in calendar order. */
    sort: z
      .strictObject({ by: z.enum(['value', 'label']), order: z.enum(['ascending', 'descending']) })
      .default({ by: 'value', order: 'descending' }),
  })
  .refine(({ groupBy, breakDownBy }) => groupBy !== breakDownBy, {
    path: ['breakDownBy'],
    message: 'break down by something else than the grouping',
  })
  .refine(({ chart, breakDownBy }) => chart !== 'stacked-column' || breakDownBy !== undefined, {
    path: ['breakDownBy'],
    message: 'a stacked column chart needs something to break down by',
  })
  .refine(
    ({ chart, breakDownBy }) => breakDownBy === undefined || ['stacked-column', 'table'].includes(chart),
    { path: ['chart'], message: 'only a stacked column chart or a table can show a break-down' },
  );
export type WidgetDefinition = z.infer<typeof WidgetDefinition>;
export type WidgetDefinitionInput = z.input<typeof WidgetDefinition>;
