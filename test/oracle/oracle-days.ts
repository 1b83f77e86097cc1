/**
 * The oracle's own calendar: a day is a whole number, days since 1 January 1970. Written without Temporal and without
 * the engine's calendar, so that a mistake in either shows as a difference.
 */
export type Day = number;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const monthLength = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

function dayOf({ year, month, day }: Civil): Day {
  let days = 0;
  for (let y = 1970; y < year; y++) days += isLeap(y) ? 366 : 365;
  for (let m = 1; m < month; m++) days += monthLength(year, m);
  return days + day - 1;
}

function civilOf(day: Day): Civil {
  let left = day;
  let year = 1970;
  while (left >= (isLeap(year) ? 366 : 365)) left -= isLeap(year++) ? 366 : 365;
  let month = 1;
  while (left >= monthLength(year, month)) left -= monthLength(year, month++);
  return { year, month, day: left + 1 };
}

const civilIn = (text: string): Civil => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
};

export const dayIn = (text: string): Day => dayOf(civilIn(text));

export function textOf(day: Day): string {
  const { year, month, day: d } = civilOf(day);
  return `${year}-${String(month).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

/** `months` after the day written as `text`, clamped to the month's end: 31 January and 1 give 28 February. */
export function monthsAfter(text: string, months: number): Day {
  const { year, month, day } = civilIn(text);
  const index = year * 12 + (month - 1) + months;
  const there = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  return dayOf({ ...there, day: Math.min(day, monthLength(there.year, there.month)) });
}
