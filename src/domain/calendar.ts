import { z } from 'zod';
import { remembered } from './remembered.ts';
import { sharedText } from './shared-text.ts';

const isCalendarDay = remembered(20_000, isDay);

/**
 * A calendar day without a zone, `YYYY-MM-DD`. Kept as text because it sorts, compares and stores as itself;
 * every calculation goes through `Temporal.PlainDate`.
 */
export const IsoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-30')
  .refine(isCalendarDay, 'a day that exists in the calendar')
  .overwrite(sharedText)
  .brand('IsoDate');
export type IsoDate = z.infer<typeof IsoDate>;

/** A point in time, ISO 8601 with `Z`. */
export const IsoInstant = z.iso.datetime().brand('IsoInstant');
export type IsoInstant = z.infer<typeof IsoInstant>;

/** A calendar month, `YYYY-MM`. */
export const IsoMonth = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2026-11')
  .brand('IsoMonth');
export type IsoMonth = z.infer<typeof IsoMonth>;

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

const plain = (date: IsoDate): Temporal.PlainDate => Temporal.PlainDate.from(date);

export const isoDate = (text: string): IsoDate => IsoDate.parse(text);

export const monthOf = (date: IsoDate): IsoMonth => date.slice(0, 7) as IsoMonth;

export const addDays = (date: IsoDate, days: number): IsoDate =>
  plain(date).add({ days }).toString() as IsoDate;

/** `n` months later, clamped to the month's end: 31 January + 1 = 28 February. */
export const addMonths = (date: IsoDate, months: number): IsoDate =>
  plain(date).add({ months }, { overflow: 'constrain' }).toString() as IsoDate;

const DAY_MS = 86_400_000;

/** Whole days from `a` to `b`; the same day gives 0. In UTC every day has the same length, so this is exact. */
export const daysBetween = (a: IsoDate, b: IsoDate): number => (Date.parse(b) - Date.parse(a)) / DAY_MS;

/** Days from `first` to `last`, both counted. */
export const daysInclusive = (first: IsoDate, last: IsoDate): number => daysBetween(first, last) + 1;

export const earlier = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b);
export const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);

/** The calendar day it is in `timeZone` at `instant`. */
export const dateIn = (instant: Temporal.Instant, timeZone: string): IsoDate =>
  instant.toZonedDateTimeISO(timeZone).toPlainDate().toString() as IsoDate;

export const isoInstant = (instant: Temporal.Instant): IsoInstant =>
  instant.toString({ smallestUnit: 'millisecond' }) as IsoInstant;
