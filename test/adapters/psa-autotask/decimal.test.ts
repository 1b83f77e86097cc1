import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ratio, toMoney, toWhole } from '../../../src/adapters/psa-autotask/decimal.ts';
import { parseExactJson } from '../../../src/adapters/psa-autotask/exact-json.ts';
import { money } from '../../../src/domain/money.ts';

it.each([
  ['386.6450', '386.6450'],
  ['386.645', '386.6450'],
  ['12.5', '12.50'],
  ['0.0', '0.00'],
  ['-3', '-3.00'],
  ['1E+2', '100.00'],
  ['5E-05', '0.0001'],
  ['4.99995', '5.00'],
  ['-4.16665', '-4.1667'],
  ['0.00004', '0.00'],
])('reads %s as %s', (text, expected) => expect(toMoney(text)).toBe(expected));

it.each([
  // A rate of 1.25 between the currencies: 12.50 in the MSP's own is 10.00 in the customer's.
  ['12.50', '8', '10', '10.00'],
  ['10', '1', '3', '3.3333'],
  ['-10', '2', '3', '-6.6667'],
  ['10', '-2', '-3', '6.6667'],
])('%s × %s ÷ %s = %s', (amount, by, over, expected) => expect(ratio(amount, by, over)).toBe(expected));

it.each([
  ['5', 5],
  ['5.0000', 5],
  ['-2.5', -3],
  ['2.3333', 2],
])('takes %s as %d whole units', (text, expected) => expect(toWhole(text)).toBe(expected));

it('keeps every amount of four decimals as it was written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (tenThousandths) => {
      const digits = (tenThousandths < 0n ? -tenThousandths : tenThousandths).toString().padStart(5, '0');
      const text = `${tenThousandths < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
      const { price } = parseExactJson(`{"price":${text}}`) as { price: string };
      expect(toMoney(price)).toBe(money(text));
      expect(ratio(price, '7', '7')).toBe(money(text));
    }),
  );
});

it('keeps the digits of numbers, and only of numbers', () => {
  expect(
    parseExactJson('{"id":9007199254740993,"p":386.6450,"t":"1.0","b":true,"n":null,"l":[1.50]}'),
  ).toEqual({
    id: '9007199254740993',
    p: '386.6450',
    t: '1.0',
    b: true,
    n: null,
    l: ['1.50'],
  });
});
