import { addDays, type IsoDate, later } from '../domain/calendar.ts';
import type { PsaUnits } from '../ports/psa.ts';

/** The row of one contract service that covers `date`. */
export const rowOn = (rows: readonly PsaUnits[], date: IsoDate): PsaUnits | undefined =>
  rows.find(({ start, end }) => start <= date && date <= end);

/** Units in force on `date` by the rows of one contract service; where none covers it, those of the last one before. */
export function unitsTold(rows: readonly PsaUnits[], date: IsoDate): number {
  const covering = rowOn(rows, date);
  if (covering) return covering.units;
  const before = rows.filter(({ end }) => end < date);
  return before.reduce<PsaUnits | undefined>((a, b) => (a && a.end > b.end ? a : b), undefined)?.units ?? 0;
}

/** The day after the last posted row that reaches `date` or later; `date` itself where there is none. */
export const dayAfterPosted = (rows: readonly PsaUnits[], date: IsoDate): IsoDate =>
  rows
    .filter(({ postedOn, end }) => postedOn !== undefined && end >= date)
    .map(({ end }) => addDays(end, 1))
    .reduce(later, date);

/** The first day from `date` on that is in no posted row. */
export function firstOpenDay(rows: readonly PsaUnits[], date: IsoDate): IsoDate {
  let day = date;
  for (let row = rowOn(rows, day); row?.postedOn !== undefined; row = rowOn(rows, day))
    day = addDays(row.end, 1);
  return day;
}
