import { IsoDate } from '../domain/calendar.ts';
import type { DayOrder } from '../domain/usage-file.ts';

/** A day, or what is wrong with the text and what to do. */
export type ReadDate = { readonly date: IsoDate } | { readonly problem: string };

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?$/i;
const DAY_NAMED = /^(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -](\d{4})$/i;
const MONTH_NAMED = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i;

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/**
 * Reads a date as files write it. 03/04/2026 is read only with a chosen order of day and month, since it is two days in
 * two countries; 25/04/2026 can only be one.
 */
export function readDate(given: string, order?: DayOrder): ReadDate {
  const text = given.trim();
  if (text === '') return { problem: 'the date is missing' };
  const first = YEAR_FIRST.exec(text);
  if (first) return dayOf(text, first[1], first[3], first[4]);
  const last = YEAR_LAST.exec(text);
  if (last) return ordered(text, Number(last[1]), Number(last[3]), last[4], order);
  const dayNamed = DAY_NAMED.exec(text);
  if (dayNamed) return dayOf(text, dayNamed[3], monthNamed(dayNamed[2]), dayNamed[1]);
  const named = MONTH_NAMED.exec(text);
  if (named) return dayOf(text, named[3], monthNamed(named[1]), named[2]);
  if (/^\d{1,2}([-/.])\d{1,2}\1\d{2}$/.test(text))
    return { problem: `"${text}" has a year of two digits; write 2026-11-03` };
  if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text))
    return { problem: `"${text}" is an instant of some time zone; write the day alone, 2026-11-03` };
  return { problem: `"${text}" is no date; write 2026-11-03` };
}

function ordered(
  text: string,
  a: number,
  b: number,
  year: string | undefined,
  order: DayOrder | undefined,
): ReadDate {
  const only = a > 12 && b <= 12 ? 'day-month' : b > 12 && a <= 12 ? 'month-day' : undefined;
  if (only && order && only !== order)
    return { problem: `"${text}" does not fit the chosen order, ${IN_WORDS[order]}` };
  const chosen = only ?? order ?? (a === b ? 'day-month' : undefined);
  if (!chosen)
    return { problem: `"${text}" may be two days; choose whether the day or the month comes first` };
  return chosen === 'day-month' ? dayOf(text, year, b, a) : dayOf(text, year, a, b);
}

const IN_WORDS: Readonly<Record<DayOrder, string>> = {
  'day-month': 'day before month',
  'month-day': 'month before day',
};

/** The order that dates which can only be one day tell; undefined where none does, or two do. */
export function dayOrderIn(texts: Iterable<string>): DayOrder | undefined {
  const told = new Set<DayOrder>();
  for (const text of texts) {
    const [, a, , b] = YEAR_LAST.exec(text.trim()) ?? [];
    if (Number(a) > 12 && Number(b) <= 12) told.add('day-month');
    if (Number(b) > 12 && Number(a) <= 12) told.add('month-day');
  }
  const [only, ...others] = told;
  return others.length === 0 ? only : undefined;
}

/** 0 where it is no month. */
function monthNamed(text = ''): number {
  const lower = text.toLowerCase();
  return MONTHS.findIndex((month) => month === lower || (lower.length <= 4 && month.startsWith(lower))) + 1;
}

function dayOf(
  text: string,
  year: string | undefined,
  month: string | number | undefined,
  day: string | number | undefined,
): ReadDate {
  const two = (part: string | number | undefined) => String(Number(part)).padStart(2, '0');
  const parsed = IsoDate.safeParse(`${year}-${two(month)}-${two(day)}`);
  return parsed.success ? { date: parsed.data } : { problem: `"${text}" is no day of the calendar` };
}
