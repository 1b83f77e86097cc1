import { expect, it } from 'vitest';
import { storable } from '../../../src/adapters/store-lowdb/stored-record.ts';
import { RECORD_KINDS } from '../../../src/domain/records.ts';
import { example, itemOf } from '../../contract/store-records.ts';

it.each(RECORD_KINDS)('takes %s that are as stored for what they are', (kind) => {
  const before = storable(kind, example(kind));
  expect(storable(kind, { ...example(kind) }, before)).toStrictEqual(before);
});

const before = storable('billingItems', itemOf('a', '2026-03-01', 1));
const item = itemOf('a', '2026-03-01', 1);
const BY = { kind: 'slack', userId: 'U1', name: 'Ada' };
const AT = '2026-03-10T01:15:00.000Z';
const CHANGES: readonly [string, object][] = [
  ['a number', { units: 7 }],
  ['an amount that is written otherwise', { amount: '12.5' }],
  ['a part of a field', { period: { ...item.period, days: 31 } }],
  ['a field that comes', { unitCost: '3.00', status: 'posted' }],
  [
    'an entry of a list',
    { unposted: [{ postedAt: AT, postedBy: BY, at: AT, by: BY, reason: 'Wrong month' }] },
  ],
  ['an undefined field', { unitCost: undefined }],
  ['nothing for null', { module: null, billingType: null }],
  ['a field that nobody knows', { colour: 'red' }],
];
it.each(CHANGES)('gives the same with %s as it does without what is stored', (_name, change) => {
  const changed = { ...item, ...change };
  const after = storable('billingItems', changed, before);
  expect(after).toStrictEqual(storable('billingItems', changed));
  expect(Object.isFrozen(after)).toBe(true);
});

it.each([
  ['a fraction', { units: 1.5 }],
  ['no number', { units: Number.NaN }],
  ['text for a number', { units: '7' }],
  ['an amount of too many decimals', { amount: '1.23456' }],
  ['a wrong part', { period: { ...item.period, days: -1 } }],
  ['a missing field', { currency: undefined }],
  ['a list for an object', { period: [] }],
])('refuses %s in the same words as without what is stored', (_name, change) => {
  const wrong = { ...item, ...change } as never;
  const told = (known?: typeof before) => {
    try {
      return storable('billingItems', wrong, known);
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(told(before)).toMatch(/^billingItems record a cannot be stored/);
  expect(told(before)).toBe(told());
});

it('a field that goes is gone, and one that is left out takes its default', () => {
  const posted = storable('billingItems', { ...item, unitCost: '3.00' } as never);
  expect(storable('billingItems', item, posted)).toStrictEqual(before);
  const { unposted: _unposted, ...bare } = item;
  expect(storable('billingItems', bare as never, posted)).toStrictEqual(before);
});
