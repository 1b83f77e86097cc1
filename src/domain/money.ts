import { z } from 'zod';
import { sharedText } from './shared-text.ts';

/**
 * Money is a decimal string with at most four decimals; its currency stands beside it in every record.
 * Arithmetic runs on integers of ten-thousandths (bigint), never on binary floats. Written with two decimals when
 * the amount is whole cents, else with four.
 * Source: Autotask keeps four decimals and rounds to two at approve and post (facts/icb.md §5).
 */
const DECIMAL = /^-?\d{1,12}(\.\d{1,4})?$/;

export type Money = string & z.core.$brand<'Money'>;
export const Money: z.ZodType<Money, string> = z
  .string()
  .regex(DECIMAL, 'an amount such as 12.50, with at most four decimals')
  .transform((text) => write(read(text)));

/** Money as people write it in files: a number or text; numbers are taken by their shortest decimal form. */
export const MoneyInput = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), Money);

export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'a three-letter currency code such as USD')
  .overwrite(sharedText);

function read(text: string): bigint {
  const point = text.indexOf('.');
  if (point < 0) return BigInt(text) * 10_000n;
  return BigInt(text.slice(0, point) + text.slice(point + 1).padEnd(4, '0'));
}

function write(value: bigint): Money {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(5, '0');
  const fraction = digits.slice(-4);
  const shown = fraction.endsWith('00') ? fraction.slice(0, 2) : fraction;
  return `${sign}${digits.slice(0, -4)}.${shown}` as Money;
}

/** Integer division rounded half away from zero. */
function divide(value: bigint, by: bigint): bigint {
  const magnitude = value < 0n ? -value : value;
  const rounded = (magnitude * 2n + by) / (by * 2n);
  return value < 0n ? -rounded : rounded;
}

export const zero = write(0n);

export const money = (text: string): Money => Money.parse(text);

export const addMoney = (a: Money, b: Money): Money => write(read(a) + read(b));

export const subtractMoney = (a: Money, b: Money): Money => write(read(a) - read(b));

export const isAbove = (a: Money, b: Money): boolean => read(a) > read(b);

export const sumMoney = (amounts: Iterable<Money>): Money => {
  let total = 0n;
  for (const amount of amounts) total += read(amount);
  return write(total);
};

/** `units × unit price`; units are whole and may be negative. */
export const times = (unitPrice: Money, units: number): Money => write(read(unitPrice) * BigInt(units));

/**
 * `units × unit price × days ÷ of`, kept at four decimals, rounded half away from zero.
 * Source: proration by days (facts/apis.md §3.2).
 */
export const prorate = (unitPrice: Money, units: number, days: number, of: number): Money =>
  write(divide(read(unitPrice) * BigInt(units) * BigInt(days), BigInt(of)));

/** Rounds to whole cents, half away from zero: −4.1650 → −4.17. What posting does. */
export const roundToCents = (amount: Money): Money => write(divide(read(amount), 100n) * 100n);

export const compareMoney = (a: Money, b: Money): number => {
  const difference = read(a) - read(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The amount in ten-thousandths, for sums that are put together from parts; see `fromTenThousandths`. */
export const tenThousandths = (amount: Money): bigint => read(amount);
export const fromTenThousandths = (value: bigint): Money => write(value);

/**
 * The amount in ten-thousandths as a whole number, exact or `NaN`: a column of them is summed far quicker than bigints.
 * Whoever sums must keep the sum below 2^53.
 */
export function tenThousandthsNumber(amount: Money): number {
  const point = amount.indexOf('.');
  const value =
    point < 0
      ? Number(amount) * 10_000
      : Number(amount.slice(0, point) + amount.slice(point + 1).padEnd(4, '0'));
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

export const isNegative = (amount: Money): boolean => read(amount) < 0n;

/** For charts only, where a pixel is coarser than a cent: the amount as a binary float. */
export const toChartNumber = (amount: Money): number => Number(read(amount)) / 10_000;

/** The amount for people: `1,234.50 USD` in the locale's form. Rounds to cents. */
export function formatMoney(amount: Money, currency: string, locale = 'en-US'): string {
  const formatter = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return formatter.format(roundToCents(amount) as Intl.StringNumericLiteral);
}
