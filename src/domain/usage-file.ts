import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';
import { BillingTypeName, ModuleId } from './ids.ts';

/** A column of a CSV file, by its title. */
const Column = z.string().min(1).max(200);

export const DayOrder = z.enum(['day-month', 'month-day']);
export type DayOrder = z.infer<typeof DayOrder>;

/** `comma-groups`: 1,234.5 · `point-groups`: 1.234,5 */
export const NumberStyle = z.enum(['comma-groups', 'point-groups']);
export type NumberStyle = z.infer<typeof NumberStyle>;

/**
 * Which column of a usage file is what. Of the module organization, name or id may be missing, not both. Without a date
 * column the whole file is of one date.
 */
export const ColumnMatching = z.object({
  name: Column.optional(),
  externalId: Column.optional(),
  date: Column.optional(),
  /** Needed for dates such as 03/04/2026, which two countries read as two days. */
  dayOrder: DayOrder.optional(),
  /** Needed for numbers such as 1,234, which two countries read as two numbers. */
  numbers: NumberStyle.optional(),
  counts: z.discriminatedUnion('layout', [
    z.object({ layout: z.literal('rows'), billingType: Column.optional(), quantity: Column.optional() }),
    z.object({
      layout: z.literal('columns'),
      columns: z.array(z.object({ column: Column, billingType: BillingTypeName })),
    }),
  ]),
});
export type ColumnMatching = z.infer<typeof ColumnMatching>;

/** What people chose last for a module, to be offered for its next file. */
export const RememberedMatching = z.object({
  id: ModuleId,
  matching: ColumnMatching,
  at: IsoInstant,
  by: Actor,
});
export type RememberedMatching = z.infer<typeof RememberedMatching>;

/** A file somebody brought and has not saved yet. */
export const UsageDraft = z.object({
  id: z.string().min(1),
  at: IsoInstant,
  by: Actor,
  file: z.string().min(1),
  encoding: z.string(),
  text: z.string(),
  module: ModuleId.optional(),
  /** Of the whole file, where it has no date column. */
  date: IsoDate,
  matching: ColumnMatching.optional(),
});
export type UsageDraft = z.infer<typeof UsageDraft>;
