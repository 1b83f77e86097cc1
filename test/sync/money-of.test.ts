import { expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { moneyOf } from '../../src/sync/ledger-difference.ts';
import { World } from './world.ts';

const changes: [string, string, number, string][] = [
  ['on the first day, the whole cut period: 10 × 12.50 × 10/30', '2026-11-01', 10, '41.6667'],
  ['on the last day: 3 × 12.50 × 1/30', '2026-11-10', 3, '1.25'],
  ['after the contract’s end: nothing', '2026-11-11', 10, '0.00'],
  ['before its start: nothing', '2025-12-31', 10, '0.00'],
];

test.each(changes)('a change %s', (_name, date, units, amount) => {
  const { contracts, contractServices } = new World({ endDate: '2026-11-10' }).input;
  const [contract] = contracts;
  const [service] = contractServices;
  if (!contract || !service) throw new Error('an empty world');
  expect(moneyOf(new Map([[isoDate(date), units]]), contract, service, isoDate('2026-11-10'))).toBe(amount);
});

const spans: [string, Record<string, number>, string][] = [
  [
    'two periods ago is carried through those since: 2 × 12.50 × 10/30, twice 25.00',
    { '2026-09-21': 2 },
    '58.3333',
  ],
  [
    'that is taken back in the next period: 2 × 12.50 × 10/30',
    { '2026-09-21': 2, '2026-10-01': -2 },
    '8.3333',
  ],
  ['promised for the next period: 2 × 12.50', { '2026-12-01': 2 }, '25.00'],
];

test.each(spans)('a change %s', (_name, changes, amount) => {
  const { contracts, contractServices } = new World().input;
  const [contract] = contracts;
  const [service] = contractServices;
  if (!contract || !service) throw new Error('an empty world');
  const difference = new Map(Object.entries(changes).map(([day, units]) => [isoDate(day), units]));
  expect(moneyOf(difference, contract, service, isoDate('2026-11-10'))).toBe(amount);
});
