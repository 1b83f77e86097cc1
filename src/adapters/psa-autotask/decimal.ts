import { Money } from '../../domain/money.ts';
import { remembered } from '../../domain/remembered.ts';

/** `-12.5`, and `1E-05` as .NET writes small numbers. */
export const DECIMAL = /^-?\d{1,15}(\.\d{1,20})?([eE][+-]?\d{1,2})?$/;

/** `digits` ÷ 10^`scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

function read(text: string): Decimal {
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** A decimal number as money: four decimals are kept, rounded half away from zero. */
export const toMoney: (text: string) => Money = remembered(10_000, (text) => ratio(text, '1', '1'));

/** `amount` × `by` ÷ `over`, kept at four decimals, rounded half away from zero. `over` must not be zero. */
export function ratio(amount: string, by: string, over: string): Money {
  const [a, b, c] = [read(amount), read(by), read(over)];
  const top = a.digits * b.digits * 10n ** BigInt(c.scale + 4);
  const bottom = c.digits * 10n ** BigInt(a.scale + b.scale);
  const tenThousandths = divide(top, bottom);
  const digits = abs(tenThousandths).toString().padStart(5, '0');
  return Money.parse(`${tenThousandths < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`);
}

export const isZero = (text: string): boolean => read(text).digits === 0n;

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

function divide(top: bigint, bottom: bigint): bigint {
  const magnitude = (abs(top) * 2n + abs(bottom)) / (abs(bottom) * 2n);
  return top < 0n === bottom < 0n ? magnitude : -magnitude;
}

/** The nearest whole number, half away from zero. */
export function toWhole(text: string): number {
  const { digits, scale } = read(text);
  return Number(divide(digits, 10n ** BigInt(scale)));
}
