import { expect, test } from 'vitest';
import { groupItems } from '../../src/widgets/group-items.ts';
import { makeItem, noNames } from './sample-items.ts';

const items = [
  makeItem({ module: 'datto-rmm', units: 12, amount: '150.0050', start: '2026-11-01' }),
  makeItem({ module: 'datto-rmm', units: -2, amount: '-16.6667', start: '2026-11-01' }),
  makeItem({ module: 'graphus', units: 3, amount: '9.00', start: '2026-10-01' }),
  makeItem({ module: null, units: 1, amount: '5.00', currency: 'EUR' }),
];
const names = { ...noNames, module: new Map([['datto-rmm', 'Datto RMM']]) };

test('groups by one key, a group per currency, largest first', () => {
  expect(groupItems(items, ['module'], names)).toEqual([
    { key: '(none)', keys: [null], label: 'No module', units: 1, amount: '5.00', currency: 'EUR', count: 1 },
    {
      key: 'datto-rmm',
      keys: ['datto-rmm'],
      label: 'Datto RMM',
      units: 10,
      amount: '133.34',
      currency: 'USD',
      count: 2,
    },
    {
      key: 'graphus',
      keys: ['graphus'],
      label: 'graphus',
      units: 3,
      amount: '9.00',
      currency: 'USD',
      count: 1,
    },
  ]);
});

test('groups by two keys', () => {
  const groups = groupItems(items.slice(0, 3), ['period', 'module'], names);
  expect(groups.map(({ label, keys, amount }) => [label, keys, amount])).toEqual([
    ['Nov 2026 · Datto RMM', ['2026-11', 'datto-rmm'], '133.34'],
    ['Oct 2026 · graphus', ['2026-10', 'graphus'], '9.00'],
  ]);
});
