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

/** Periods hang on a contract's dates alone, and many contracts share theirs. */
const PERIODS = new Map<string, BillingPeriod | undefined>();

/** Period `index` (0 is the first), or undefined when it would start after the contract's end. */
export function billingPeriod(
  { startDate, endDate }: ContractDates,
  index: number,
): BillingPeriod | undefined {
  const key = `${startDate} ${endDate} ${index}`;
  if (!PERIODS.has(key)) PERIODS.set(key, makePeriod(startDate, endDate, index));
  return PERIODS.get(key);
}

function makePeriod(startDate: IsoDate, endDate: IsoDate | null, index: number): BillingPeriod | undefined {
  if (index < 0) return undefined;
  const start = addMonths(startDate, index);
  if (endDate !== null && start > endDate) return undefined;
  const uncutEnd = addDays(addMonths(startDate, index + 1), -1);
  return {
    index,
    start,
    end: endDate === null ? uncutEnd : earlier(uncutEnd, endDate),
    days: daysInclusive(start, uncutEnd),
  };
}

/** A plan asks the same contract for the same few days thousands of times; contracts are values, so answers keep. */
const KNOWN = new WeakMap<ContractDates, Map<IsoDate, BillingPeriod | undefined>>();

/** Most questions are the one before, asked for the next service of the contract. */
let last: { contract: ContractDates; date: IsoDate; period: BillingPeriod | undefined } | undefined;

/** The period that holds `date`, or undefined outside the contract. */
export function periodContaining(contract: ContractDates, date: IsoDate): BillingPeriod | undefined {
  if (last?.contract !== contract || last.date !== date)
    last = { contract, date, period: knownPeriod(contract, date) };
  return last.period;
}

function knownPeriod(contract: ContractDates, date: IsoDate): BillingPeriod | undefined {
  const known = KNOWN.get(contract) ?? new Map<IsoDate, BillingPeriod | undefined>();
  if (known.size === 0) KNOWN.set(contract, known);
  if (!known.has(date)) known.set(date, findPeriod(contract, date));
  return known.get(date);
}

function findPeriod(contract: ContractDates, date: IsoDate): BillingPeriod | undefined {
  if (date < contract.startDate || (contract.endDate !== null && date > contract.endDate)) return undefined;
  const months = monthsOf(date) - monthsOf(contract.startDate);
  // The month of `date` is where a period begins: on that day or later in the month, so that the one before holds it.
  return [months, months - 1]
    .map((index) => billingPeriod(contract, index))
    .find((period) => period && period.start <= date && date <= period.end);
}

const monthsOf = (date: IsoDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));

/** Where the period after `period` starts, also when the contract has ended by then. */
export const nextPeriodStart = (contract: ContractDates, { index }: BillingPeriod): IsoDate =>
  addMonths(contract.startDate, index + 1);

export const nextPeriod = (contract: ContractDates, period: BillingPeriod): BillingPeriod | undefined =>
  billingPeriod(contract, period.index + 1);

/** Days of `period` from `date` to its end, inclusive: what a change on `date`, or the whole of a cut period, bills. */
export const daysLeft = (period: BillingPeriod, date: IsoDate): number => daysInclusive(date, period.end);
