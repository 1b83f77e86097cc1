import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMoney,
  compareMoney,
  formatMoney,
  Money,
  MoneyInput,
  money,
  prorate,
  roundToCents,
  subtractMoney,
  sumMoney,
  times,
  toChartNumber,
  zero,
} from '../../src/domain/money.ts';

/** Any amount up to a billion, in ten-thousandths. */
const tenThousandths = fc.bigInt({ min: -10_000_000_000_000n, max: 10_000_000_000_000n });
const amount = tenThousandths.map((value) => {
  const digits = (value < 0n ? -value : value).toString().padStart(5, '0');
  return money(`${value < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`);
});

describe('writing', () => {
  test.each([
    ['12.5', '12.50'],
    ['12', '12.00'],
    ['0012.5000', '12.50'],
    ['12.505', '12.5050'],
    ['-0.0001', '-0.0001'],
    ['-0', '0.00'],
    ['41.6667', '41.6667'],
  ])('%s is kept as %s', (given, kept) => expect(money(given)).toBe(kept));

  test.each(['12.50001', '1e3', '12,50', '', ' 1', '.5', 'NaN', '1234567890123'])(
    '%j is no amount',
    (given) => expect(Money.safeParse(given).success).toBe(false),
  );

  test('a number in a file is taken by its shortest decimal form', () => {
    expect(MoneyInput.parse(12.5)).toBe('12.50');
    expect(MoneyInput.parse(0.1)).toBe('0.10');
    expect(MoneyInput.safeParse(0.1 + 0.2).success).toBe(false);
    expect(MoneyInput.safeParse(1e21).success).toBe(false);
    expect(MoneyInput.safeParse(Number.NaN).success).toBe(false);
  });
});

describe('rounding to cents, half away from zero', () => {
  test.each([
    ['-4.1650', '-4.17'],
    ['4.1650', '4.17'],
    ['4.1649', '4.16'],
    ['-4.1649', '-4.16'],
    ['0.0050', '0.01'],
    ['-0.0050', '-0.01'],
    ['-0.0049', '0.00'],
    ['41.6667', '41.67'],
  ])('%s → %s', (given, rounded) => expect(roundToCents(money(given))).toBe(rounded));

  test('is never off by more than half a cent, and the same on both sides of zero', () => {
    fc.assert(
      fc.property(amount, (given) => {
        const off = subtractMoney(roundToCents(given), given);
        expect(compareMoney(off, money('0.005')) <= 0 && compareMoney(off, money('-0.005')) >= 0).toBe(true);
        expect(roundToCents(subtractMoney(zero, given))).toBe(subtractMoney(zero, roundToCents(given)));
        expect(roundToCents(roundToCents(given))).toBe(roundToCents(given));
      }),
    );
  });
});

describe('proration, by hand', () => {
  test.each([
    ['12.50', 10, 21, 30, '87.50'],
    ['12.50', 6, 6, 30, '15.00'],
    ['12.50', -4, 6, 30, '-10.00'],
    ['12.50', 10, 10, 30, '41.6667'],
    ['0.0001', 1, 1, 2, '0.0001'],
    ['0.0001', -1, 1, 2, '-0.0001'],
    ['9.99', 7, 28, 28, '69.93'],
  ])('%s × %i × %i ÷ %i = %s', (price, units, days, of, expected) =>
    expect(prorate(money(price), units, days, of)).toBe(expected),
  );

  test('a period cut in two bills as much as the whole, to a ten-thousandth', () => {
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: -5000, max: 5000 }),
        fc.integer({ min: 28, max: 31 }),
        fc.integer({ min: 1, max: 27 }),
        (price, units, of, days) => {
          const parts = addMoney(prorate(price, units, days, of), prorate(price, units, of - days, of));
          const off = subtractMoney(parts, times(price, units));
          expect(Math.abs(toChartNumber(off))).toBeLessThanOrEqual(0.0001);
        },
      ),
    );
  });
});

describe('sums are exact', () => {
  test('0.10 + 0.20 is 0.30', () => expect(addMoney(money('0.1'), money('0.2'))).toBe('0.30'));

  test('in any order, and undone by subtraction', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 30 }), (amounts) => {
        const total = sumMoney(amounts);
        expect(sumMoney(amounts.toReversed())).toBe(total);
        expect(amounts.reduce((rest, each) => subtractMoney(rest, each), total)).toBe(zero);
      }),
    );
  });

  test('units times price is that price added so often', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 40 }), (price, units) => {
        expect(times(price, units)).toBe(sumMoney(Array.from({ length: units }, () => price)));
      }),
    );
  });
});

test('people read it in their locale, to the cent', () => {
  expect(formatMoney(money('1234.5650'), 'USD')).toBe('$1,234.57');
  expect(formatMoney(money('-4.1650'), 'GBP', 'en-GB')).toBe('-£4.17');
});
