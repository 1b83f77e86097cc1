import { describe, expect, test } from 'vitest';
import { changeBehind } from '../../src/billing/change-behind.ts';
import { type ExplainFacts, explainWords } from '../../src/billing/explain-words.ts';
import { priceWords } from '../../src/billing/price-words.ts';
import { type LineRule, ruleWords } from '../../src/billing/rule-words.ts';
import { BillingItem } from '../../src/domain/billing-item.ts';
import { daysInclusive, isoDate } from '../../src/domain/calendar.ts';
import { ContractService } from '../../src/domain/contract.ts';
import { money, prorate } from '../../src/domain/money.ts';
import type { UnitChange } from '../../src/domain/unit-ledger.ts';

/** November 2026 has 30 days; 12.50 a unit. */
function item(
  units: number,
  itemDate = '2026-11-01',
  more: Partial<Record<keyof BillingItem, unknown>> = {},
) {
  const end = (more.period as { end?: string } | undefined)?.end ?? '2026-11-30';
  const days = daysInclusive(isoDate(itemDate), isoDate(end));
  return BillingItem.parse({
    id: 'bi_1',
    status: 'pending',
    kind: itemDate === '2026-11-01' ? 'period' : 'adjustment',
    organizationId: '1',
    contractId: 'c1',
    contractServiceId: 's1',
    service: 'Desktop Monitoring',
    module: 'datto-rmm',
    billingType: 'AllDevicesMetric',
    itemDate,
    days,
    units,
    unitPrice: '12.50',
    amount: prorate(money('12.50'), units, days, 30),
    currency: 'USD',
    ...more,
    period: { start: '2026-11-01', end, days: 30 },
  });
}

type Sketch = [effectiveDate: string, units: number, countDate?: string, cause?: UnitChange['cause']];
const changes = (...sketches: Sketch[]): UnitChange[] =>
  sketches.map(([effectiveDate, units, countDate = effectiveDate, cause = 'count']) => ({
    effectiveDate: isoDate(effectiveDate),
    units,
    countDate: isoDate(countDate),
    cause,
  }));

const counted = (date: string, quantity: number, units = quantity, less = 0) => ({
  date: isoDate(date),
  quantity,
  units,
  less,
});

const words = (
  what: BillingItem,
  ledger: readonly UnitChange[],
  more: Partial<ExplainFacts> = {},
): string[] =>
  explainWords({
    item: what,
    organization: 'Daily Mail',
    module: 'Datto RMM',
    billingType: 'All devices',
    thing: 'device',
    change: changeBehind(ledger, what),
    ...more,
  });

const peak: LineRule = { unitRule: 'peak' };

describe('from which count', () => {
  const cases: [string, BillingItem, UnitChange[], Partial<ExplainFacts>, string][] = [
    [
      'one device',
      item(1),
      changes(['2026-11-01', 1]),
      { count: counted('2026-11-01', 1) },
      '1 device was counted on 1 Nov 2026, so 1 unit is in force from 1 Nov 2026.',
    ],
    [
      'of what the module does not name',
      item(14),
      changes(['2026-11-01', 14]),
      { count: counted('2026-11-01', 14), thing: undefined },
      '14 were counted on 1 Nov 2026, so 14 units are in force from 1 Nov 2026.',
    ],
    [
      'a drop',
      item(-3, '2026-11-22'),
      changes(['2026-11-01', 14], ['2026-11-22', -3]),
      { count: counted('2026-11-22', 11) },
      '11 devices were counted on 22 Nov 2026, 3 fewer than the 14 units in force before.',
    ],
    [
      'a mapping begun today',
      item(10, '2026-11-10'),
      changes(['2026-11-10', 10]),
      { count: counted('2026-11-10', 10) },
      '10 devices were counted on 10 Nov 2026, and none were in force before.',
    ],
    [
      'a module organization mapped that day',
      item(6, '2026-11-10'),
      changes(['2026-11-01', 14], ['2026-11-10', 6]),
      { count: counted('2026-11-10', 20), mappedThatDay: [{ name: 'Daily Mail Leeds', by: 'Ada' }] },
      '20 devices were counted on 10 Nov 2026, 6 more than the 14 units in force before; Daily Mail Leeds was mapped by Ada that day.',
    ],
    [
      'a peak',
      item(16),
      changes(['2026-11-01', 14], ['2026-11-01', 2, '2026-11-12']),
      { count: counted('2026-11-12', 16), rule: peak },
      '16 devices were counted on 12 Nov 2026, the most of this period so far, so 16 units are in force from 1 Nov 2026.',
    ],
    [
      'a share',
      item(10),
      changes(['2026-11-01', 10]),
      { count: counted('2026-11-01', 30, 10), rule: { unitRule: 'prorate-daily', share: 33.34 } },
      "30 devices were counted on 1 Nov 2026, 10 of them this contract's share, so 10 units are in force from 1 Nov 2026.",
    ],
    [
      'a true/false billing type',
      item(1),
      changes(['2026-11-01', 1]),
      { count: counted('2026-11-01', 1), trueFalse: true },
      'It was in use on 1 Nov 2026, so 1 unit is in force from 1 Nov 2026.',
    ],
    [
      'a true/false billing type that ended',
      item(-1, '2026-11-22'),
      changes(['2026-11-01', 1], ['2026-11-22', -1]),
      { count: counted('2026-11-22', 0), trueFalse: true },
      'It was not in use on 22 Nov 2026, 1 fewer than the 1 unit in force before.',
    ],
    [
      'units posted with no module stay there until the next period',
      item(2),
      changes(['2026-12-01', 12, '2026-11-10', 'adopted'], ['2026-11-01', 2, '2026-11-10']),
      { count: counted('2026-11-10', 14) },
      '14 devices were counted on 10 Nov 2026, 12 of them billed as what the PSA held before, so 2 units are in force from 1 Nov 2026.',
    ],
    [
      'a posted item whose day was counted again',
      item(14, '2026-11-01', { status: 'posted' }),
      changes(['2026-11-01', 12]),
      { count: counted('2026-11-01', 12) },
      '12 devices were counted on 1 Nov 2026, so 12 units are in force from 1 Nov 2026; posted items never change, so this one keeps 14 units and another corrects it.',
    ],
    [
      'mappings changed since',
      item(14),
      changes(['2026-11-01', 14]),
      { count: counted('2026-11-01', 20) },
      '20 devices were counted on 1 Nov 2026, but by the mappings and decisions of that time 14 units are in force from 1 Nov 2026.',
    ],
    [
      'a billing type that went elsewhere',
      item(-14, '2026-11-15'),
      changes(['2026-11-01', 14], ['2026-11-15', -14, '2026-11-15', 'moved']),
      {},
      'The billing type went to another service of the contract on 15 Nov 2026, so its units leave this one.',
    ],
    [
      'a count that is not stored',
      item(14),
      changes(['2026-11-01', 14]),
      {},
      '14 units are in force from 1 Nov 2026; the count behind that, of 1 Nov 2026, is not stored.',
    ],
  ];
  test.each(cases)('%s', (_name, what, ledger, more, sentence) => {
    const all = words(what, ledger, more);
    expect(all[1]).toBe(sentence);
    expect(all.length).toBeGreaterThanOrEqual(2);
    expect(all.length).toBeLessThanOrEqual(4);
  });
});

describe('how much', () => {
  const ledger = changes(['2026-11-01', 14]);
  test.each([
    [item(14), 'The whole period of 30 days is billed: 14 × 12.50 USD = 175.00 USD.'],
    [
      item(-3, '2026-11-22'),
      'From 22 Nov 2026 the rest of the period, 9 of 30 days, is credited: -3 × 12.50 USD × 9 of 30 days = -11.25 USD.',
    ],
    [
      item(14, '2026-11-01', { period: { end: '2026-11-20' } }),
      'The period ends early, on 20 Nov 2026, so 20 of its 30 days are billed: 14 × 12.50 USD × 20 of 30 days = 116.6667 USD.',
    ],
    [
      item(2, '2026-11-22', { status: 'posted', amount: '7.50' }),
      'From 22 Nov 2026 the rest of the period, 9 of 30 days, is billed: 2 × 12.50 USD × 9 of 30 days = 7.50 USD (rounded to cents at posting).',
    ],
  ])('%#', (what, sentence) => {
    expect(words(what, ledger).at(-1)).toBe(sentence);
  });
});

describe('why apart from a posted item', () => {
  const postedAt = '2026-11-02T08:00:00.000Z' as never;
  test('a later change', () => {
    const corrects = { itemDate: isoDate('2026-11-01'), units: 14, postedAt };
    expect(words(item(2, '2026-11-22'), changes(['2026-11-22', 2]), { corrects })[2]).toBe(
      'The period was posted on 2 Nov 2026 with 14 units; posted items never change, so this change is an item of its own.',
    );
  });
  test('the same day counted again', () => {
    const corrects = { itemDate: isoDate('2026-11-22'), units: 5, postedAt };
    expect(words(item(-2, '2026-11-22'), changes(['2026-11-22', 3]), { corrects })[2]).toBe(
      '5 units were posted for that day on 2 Nov 2026; posted items never change, so the difference of −2 is an item of its own.',
    );
  });
});

test('units with no module', () => {
  const base = changes(['2026-11-01', 1, '2026-11-01', 'before-mapping']);
  expect(words(item(1, '2026-11-01', { module: null, billingType: null }), base)).toEqual([
    '1 unit of Desktop Monitoring at Daily Mail is what the PSA held before any module was mapped, so no usage count stands behind it.',
    'The whole period of 30 days is billed: 1 × 12.50 USD = 12.50 USD.',
  ]);
});

test.each<[LineRule, string[]]>([
  [
    { unitRule: 'peak', dropRule: 'prorate-daily' },
    ['The highest daily count of a billing period bills the whole period; a drop counts from the next one.'],
  ],
  [
    { unitRule: 'prorate-daily', dropRule: 'next-period', minimum: 1, share: 50 },
    [
      'A change counts from the day of its count; the rest of the period is billed by days.',
      'A drop counts from the next billing period.',
      'At least 1 unit is billed.',
      'This contract gets 50 % of the count, in whole units.',
    ],
  ],
])('the rule %o', (rule, sentences) => {
  expect(ruleWords(rule)).toEqual(sentences);
});

describe('the price', () => {
  const service = ContractService.parse({
    id: 's1',
    contractId: 'c1',
    service: 'Desktop Monitoring',
    unitPrice: '14.00',
    currency: 'USD',
    readOn: '2026-01-01',
    pastPrices: [
      { unitPrice: '10.00', replacedOn: '2026-06-10' },
      { unitPrice: '12.50', replacedOn: '2026-11-05' },
    ],
  });
  const at = (unitPrice: string, start: string) => ({
    unitPrice: money(unitPrice),
    currency: 'USD',
    period: { start: isoDate(start), end: isoDate(start), days: 30 },
  });
  test.each([
    ['10.00', '2026-06-01', '10.00 USD a unit, the price icb first read.'],
    [
      '12.50',
      '2026-11-01',
      '12.50 USD a unit, read on 10 Jun 2026: a price holds for the billing periods begun after it was read.',
    ],
    [
      '14.00',
      '2026-12-01',
      '14.00 USD a unit, read on 5 Nov 2026: a price holds for the billing periods begun after it was read.',
    ],
    // An item that has kept another price says no more than the price.
    ['9.00', '2026-12-01', '9.00 USD a unit.'],
  ])('%s in the period of %s', (price, start, sentence) => {
    expect(priceWords(at(price, start), service)).toBe(sentence);
  });
});
