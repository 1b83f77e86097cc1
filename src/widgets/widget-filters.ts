import { z } from 'zod';
import { IsoMonth } from '../domain/calendar.ts';
import { BillingTypeName, ContractId, ModuleId, OrganizationId } from '../domain/ids.ts';
import { Currency, Money } from '../domain/money.ts';

export const RELATIVE_PERIODS = [
  'this-month',
  'last-month',
  'next-month',
  'this-quarter',
  'last-quarter',
  'last-3-months',
  'last-6-months',
  'last-12-months',
  'last-24-months',
  'this-year',
  'last-year',
] as const;
export type RelativePeriod = (typeof RELATIVE_PERIODS)[number];

/** One value or several: `"datto-rmm"` is `["datto-rmm"]`. */
const list = <T extends z.ZodType>(value: T) =>
  z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(value).min(1).max(200));

/** Months of a billing period's start, both ends included: relative to the day of the query, or fixed. */
const Months = z.union([
  z.enum(RELATIVE_PERIODS),
  IsoMonth.transform((month) => ({ from: month, to: month })),
  z
    .strictObject({ from: IsoMonth.optional(), to: IsoMonth.optional() })
    .refine(({ from, to }) => !from || !to || from <= to, 'the first month must not come after the last'),
]);

const lists = {
  module: list(ModuleId).optional(),
  organization: list(OrganizationId).optional(),
  contract: list(ContractId).optional(),
  billingType: list(BillingTypeName).optional(),
  service: list(z.string().min(1).max(200)).optional(),
  /** Also items without a module; these alone where no module is named. */
  noModule: z.boolean().optional(),
  noBillingType: z.boolean().optional(),
};

/** Which billing items a widget is about; every part must hold. Typed values only, never an expression. */
export const WidgetFilters = z
  .strictObject({
    ...lists,
    months: Months.optional(),
    kind: z.enum(['period', 'adjustment']).optional(),
    currency: Currency.optional(),
    /** Part of the service's name, small or capital letters alike. */
    serviceContains: z.string().trim().min(1).max(200).optional(),
    minAmount: Money.optional(),
    maxAmount: Money.optional(),
    minUnits: z.number().int().optional(),
    maxUnits: z.number().int().optional(),
    /** None of these. */
    except: z.strictObject(lists).optional(),
  })
  .refine(({ minUnits = -Infinity, maxUnits = Infinity }) => minUnits <= maxUnits, {
    path: ['minUnits'],
    message: 'the fewest units must not be more than the most',
  });
export type WidgetFilters = z.infer<typeof WidgetFilters>;
