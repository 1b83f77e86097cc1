import { addMonths, type IsoDate, type IsoMonth, isoDate, monthOf } from '../domain/calendar.ts';
import type { RelativePeriod, WidgetDefinition } from './widget-definition.ts';

export interface MonthRange {
  readonly from?: IsoMonth | undefined;
  readonly to?: IsoMonth | undefined;
}

const firstDay = (month: IsoMonth): IsoDate => isoDate(`${month}-01`);

export const shiftMonth = (month: IsoMonth, by: number): IsoMonth => monthOf(addMonths(firstDay(month), by));

const ranges = {
  'this-month': (now) => ({ from: now, to: now }),
  'last-month': (now) => ({ from: shiftMonth(now, -1), to: shiftMonth(now, -1) }),
  'last-3-months': (now) => ({ from: shiftMonth(now, -2), to: now }),
  'last-6-months': (now) => ({ from: shiftMonth(now, -5), to: now }),
  'last-12-months': (now) => ({ from: shiftMonth(now, -11), to: now }),
  'this-year': (now) => ({ from: `${now.slice(0, 4)}-01` as IsoMonth, to: now }),
} satisfies Record<RelativePeriod, (now: IsoMonth) => MonthRange>;

/** "Last n months" ends with the month of `today`, which counts as one of them. */
export function monthRange(
  months: WidgetDefinition['filters']['months'],
  today: IsoDate,
): MonthRange | undefined {
  return typeof months === 'string' ? ranges[months](monthOf(today)) : months;
}

/** Every month from the first to the last, both included. */
export function monthsBetween(first: IsoMonth, last: IsoMonth): IsoMonth[] {
  const months: IsoMonth[] = [];
  for (let month = first; month <= last; month = shiftMonth(month, 1)) months.push(month);
  return months;
}
