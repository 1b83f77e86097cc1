import type { IsoDate } from '../domain/calendar.ts';

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A calendar day in a sentence: `22 Nov 2026`. */
export const dayWords = (date: IsoDate): string => DAY.format(new Date(`${date}T00:00:00Z`));
