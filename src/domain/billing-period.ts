import { addDays, addMonths, daysInclusive, earlier, type IsoDate } from './calendar.ts';

/**
 * One month of a contract. Period n starts at contract start + n months, reckoned from the start and clamped to the
 * month's end (31 January, 28 February, 31 March), and ends the day before the next one starts. The contract's last
 * period is cut at the contract's end; `days` stays the uncut length, so a cut period bills billed days ÷ days.
 * Source: product.md "Periods and items".
 */
export interface BillingPeriod {
  readonly index: number;
  readonly start: IsoDate;
  /** Last day, inclusive. */
  readonly end: IsoDate;
  /** Days in the uncut period. */
  readonly days: number;
}

/** The dates of a contract that its periods hang on. `endDate` null: open-ended. */
export interface ContractDates {
  readonly startDate: IsoDate;
  readonly endDate: IsoDate | null;
}

/** Period `index` (0 is the first), or undefined when it would start after the contract's end. */
export function billingPeriod(contract: ContractDates, index: number): BillingPeriod | undefined {
  if (index < 0) return undefined;
  const start = addMonths(contract.startDate, index);
  if (contract.endDate !== null && start > contract.endDate) return undefined;
  const uncutEnd = addDays(addMonths(contract.startDate, index + 1), -1);
  return {
    index,
    start,
    end: contract.endDate === null ? uncutEnd : earlier(uncutEnd, contract.endDate),
    days: daysInclusive(start, uncutEnd),
  };
}

/** A plan asks the same contract for the same few days thousands of times; contracts are values, so answers keep. */
const KNOWN = new WeakMap<ContractDates, Map<IsoDate, BillingPeriod | undefined>>();

/** The period that holds `date`, or undefined outside the contract. */
export function periodContaining(contract: ContractDates, date: IsoDate): BillingPeriod | undefined {
  const known = KNOWN.get(contract) ?? new Map<IsoDate, BillingPeriod | undefined>();
  if (known.size === 0) KNOWN.set(contract, known);
  if (!known.has(date)) known.set(date, findPeriod(contract, date));
  return known.get(date);
}

function findPeriod(contract: ContractDates, date: IsoDate): BillingPeriod | undefined {
  if (date < contract.startDate || (contract.endDate !== null && date > contract.endDate)) return undefined;
  const months = Temporal.PlainDate.from(contract.startDate).until(date, { largestUnit: 'months' }).months;
  // Clamped starts (31 → 28) may put the date one period off what whole months say; look at the neighbours.
  for (const index of [months - 1, months, months + 1]) {
    const period = billingPeriod(contract, index);
    if (period && period.start <= date && date <= period.end) return period;
  }
  return undefined;
}

/** Where the period after `period` starts, also when the contract has ended by then. */
export const nextPeriodStart = (contract: ContractDates, { index }: BillingPeriod): IsoDate =>
  addMonths(contract.startDate, index + 1);

export const nextPeriod = (contract: ContractDates, period: BillingPeriod): BillingPeriod | undefined =>
  billingPeriod(contract, period.index + 1);

/** Days of `period` from `date` to its end, inclusive: what a change on `date`, or the whole of a cut period, bills. */
export const daysLeft = (period: BillingPeriod, date: IsoDate): number => daysInclusive(date, period.end);
