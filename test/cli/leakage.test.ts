import { expect, test } from 'vitest';
import type { Api } from '../../src/cli/api.ts';
import { leakage } from '../../src/cli/leakage.ts';

const row = (units: number) => ({
  moduleName: 'Datto RMM',
  moduleOrganization: 'Acme site',
  billingTypeLabel: 'Servers',
  units,
  amount: '80.00',
  currency: 'USD',
  since: '2026-11-18',
  reason: { text: 'The module organization is not mapped to an organization.' },
});
const sum = { units: 5, amounts: [{ currency: 'USD', amount: '160.00' }] };
const totals = { ...sum, byReason: [{ ...sum, label: 'Organization not mapped' }] };

/** Answers page after page and keeps what was asked. */
function apiOf(pages: readonly object[]): Api & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    get: async <T>(path: string) => pages[asked.push(path) - 1] as T,
    send: () => Promise.reject(new Error('leakage changes nothing')),
    close: async () => {},
  };
}

test('totals by reason, then every row of every page', async () => {
  const api = apiOf([
    { items: [row(3)], nextCursor: 'next', counted: true, totals },
    { items: [row(2)], counted: true, totals },
  ]);
  const { text, json } = await leakage(api, { module: 'datto-rmm' });
  expect(api.asked).toEqual([
    '/api/leakage?module=datto-rmm&limit=500',
    '/api/leakage?module=datto-rmm&limit=500&cursor=next',
  ]);
  expect(text.split('\n')[0]).toBe('5 units bill nowhere, 160.00 USD a month.');
  expect(text).toMatch(/Organization not mapped +5 +160\.00 USD/);
  expect(text.match(/Acme site +– +Servers/g)).toHaveLength(2);
  expect(json).toMatchObject({ items: [{ units: 3 }, { units: 2 }], totals: { units: 5 } });
});

test.each([
  [true, 'Everything that is counted is billed.'],
  [false, 'Nothing has been counted yet; enable a module and sync.'],
])('no rows, counted: %s', async (counted, text) => {
  const api = apiOf([{ items: [], counted, totals: { units: 0, amounts: [], byReason: [] } }]);
  expect((await leakage(api, {})).text).toBe(text);
});
