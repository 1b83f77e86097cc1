import { type Day, dayIn, monthsAfter } from './oracle-days.ts';

export interface Period {
  readonly start: Day;
  /** Last day, cut at the contract's end. */
  readonly end: Day;
  /** Days in the uncut period. */
  readonly days: number;
  /** Where the next one starts, also beyond the contract's end. */
  readonly next: Day;
}

export interface Dates {
  readonly startDate: string;
  readonly endDate: string | null;
}

/** Every period of a contract that starts by `until`, in order. Period n starts at contract start + n months. */
export function periodsUntil({ startDate, endDate }: Dates, until: Day): Period[] {
  const periods: Period[] = [];
  const last = endDate === null ? Number.POSITIVE_INFINITY : dayIn(endDate);
  for (let n = 0; ; n++) {
    const start = monthsAfter(startDate, n);
    const next = monthsAfter(startDate, n + 1);
    if (start > until || start > last) return periods;
    periods.push({ start, end: Math.min(next - 1, last), days: next - start, next });
  }
}

export function periodOf(contract: Dates, day: Day): Period {
  const period = periodsUntil(contract, day).at(-1);
  if (!period) throw new Error('the day lies before the contract');
  return period;
}
