import { expect, test } from 'vitest';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { money } from '../../src/domain/money.ts';
import type { PostRequest } from '../../src/domain/post-request.ts';
import { sinceAsked } from '../../src/usecases/post-requests.ts';

const asked = ['bi_1', 'bi_2', 'bi_3', 'bi_4'].map((id) => ({
  id,
  units: 14,
  amount: money('175.00'),
  currency: 'USD',
}));
const request = { items: asked } as unknown as PostRequest;
const item = (change: Partial<BillingItem> = {}) =>
  ({
    status: 'pending',
    units: 14,
    amount: money('175.00'),
    service: 'Desktop Monitoring',
    itemDate: '2026-11-01',
    ...change,
  }) as BillingItem;

test('what changed since it was asked is told by service or number, never by an id', () => {
  const posted = item({ status: 'posted' });
  const other = item({ units: 20, amount: money('250.00') });
  expect(
    sinceAsked(
      request,
      new Map([
        ['bi_1', posted],
        ['bi_2', posted],
        ['bi_4', other],
      ]),
    ),
  ).toEqual([
    '2 of the items were posted meanwhile',
    '1 of the items was taken away meanwhile',
    'Desktop Monitoring from 2026-11-01: 14 units, 175.00 → 20 units, 250.00 USD',
  ]);
  expect(sinceAsked(request, new Map(asked.map(({ id }) => [id, item()])))).toEqual([]);
});
