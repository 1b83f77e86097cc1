import { addMonths, type IsoDate, type IsoMonth, isoDate, monthOf } from '../domain/calendar.ts';
import type { RelativePeriod, WidgetFilters } from './widget-filters.ts';

export interface MonthRange {
  readonly from?: IsoMonth | undefined;
  readonly to?: IsoMonth | undefined;
}

const firstDay = (month: IsoMonth): IsoDate => isoDate(`${month}-01`);

export const shiftMonth = (month: IsoMonth, by: number): IsoMonth => monthOf(addMonths(firstDay(month), by));

/** The calendar quarter of the month `shift` months from `now`. */
function quarter(now: IsoMonth, shift: number): MonthRange {
  const month = shiftMonth(now, shift);
  const from = shiftMonth(month, -((Number(month.slice(5)) - 1) % 3));
  return { from, to: shiftMonth(from, 2) };
}

const ranges = {
  'this-month': (now) => ({ from: now, to: now }),
  'last-month': (now) => ({ from: shiftMonth(now, -1), to: shiftMonth(now, -1) }),
  'next-month': (now) => ({ from: shiftMonth(now, 1), to: shiftMonth(now, 1) }),
  'this-quarter': (now) => quarter(now, 0),
  'last-quarter': (now) => quarter(now, -3),
  'last-3-months': (now) => ({ from: shiftMonth(now, -2), to: now }),
  'last-6-months': (now) => ({ from: shiftMonth(now, -5), to: now }),
  'last-12-months': (now) => ({ from: shiftMonth(now, -11), to: now }),
  'last-24-months': (now) => ({ from: shiftMonth(now, -23), to: now }),
  'this-year': (now) => ({ from: `${now.slice(0, 4)}-01` as IsoMonth, to: now }),
  'last-year': (now) => {
    const year = Number(now.slice(0, 4)) - 1;
    return { from: `${year}-01` as IsoMonth, to: `${year}-12` as IsoMonth };
  },
} satisfies Record<RelativePeriod, (now: IsoMonth) => MonthRange>;

/** "Last n months" ends with the month of `today`, which counts as one of them. */
export function monthRange(months: WidgetFilters['months'], today: IsoDate): MonthRange | undefined {
  return typeof months === 'string' ? ranges[months](monthOf(today)) : months;
}

/** Every month from the first to the last, both included. */
export function monthsBetween(first: IsoMonth, last: IsoMonth): IsoMonth[] {
  const months: IsoMonth[] = [];
  for (let month = first; month <= last; month = shiftMonth(month, 1)) months.push(month);
  return months;
}
