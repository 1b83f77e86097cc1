/** One billing period of a contract. All days are inclusive, YYYY-MM-DD. */
export interface Period {
  readonly start: string;
  readonly end: string;
  /** Days of the period had the contract not ended inside it. */
  readonly days: number;
}

export const MONTHS_OF: Readonly<Record<string, number>> = {
  Monthly: 1,
  Quarterly: 3,
  'Semi-Annually': 6,
  Yearly: 12,
};

const day = (date: string): Temporal.PlainDate => Temporal.PlainDate.from(date);

const DAY_MS = 86_400_000;

/** Days from the first to the last, both counted. */
export const daysBetween = (first: string, last: string): number =>
  (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
export const dayAfter = (date: string, days: number): string => day(date).add({ days }).toString();

/**
 * The periods from a contract's start to the one that holds `through`, and `ahead` more. Each begins a whole number of
 * months after the contract's start, reckoned from the start and clamped to the month's end; the last is cut at `end`.
 */
export function periodsOf(
  contract: { readonly start: string; readonly end: string; readonly months: number },
  through: string,
  ahead = 0,
): Period[] {
  const from = day(contract.start);
  const periods: Period[] = [];
  for (let n = 0, left = ahead; ; n++) {
    const start = from.add({ months: n * contract.months }).toString();
    if (start > contract.end) return periods;
    if (start > through && left-- <= 0) return periods;
    const uncutEnd = from
      .add({ months: (n + 1) * contract.months })
      .subtract({ days: 1 })
      .toString();
    periods.push({
      start,
      end: uncutEnd < contract.end ? uncutEnd : contract.end,
      days: daysBetween(start, uncutEnd),
    });
  }
}
