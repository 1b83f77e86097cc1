import { describe, expect, it } from 'vitest';
import { BillingTypeName } from '../../src/domain/ids.ts';
import { countOf, UsageReport } from '../../src/domain/usage-count.ts';

const report = (more: object = {}): UsageReport =>
  UsageReport.parse({
    id: 'm:2026-11-10',
    module: 'm',
    date: '2026-11-10',
    takenAt: '2026-11-10T01:15:00Z',
    complete: true,
    counts: { o1: { Seats: 7 }, constructor: { Seats: 1 } },
    ...more,
  });

describe('a count', () => {
  it.each<[string, object, externalId: string, billingType: string, count: number | undefined]>([
    ['is what was counted', {}, 'o1', 'Seats', 7],
    ['is zero where a complete report has none', {}, 'o2', 'Seats', 0],
    ['is unknown where a usage feed has none', { complete: false }, 'o2', 'Seats', undefined],
    [
      'of another billing type than answered for is unknown',
      { billingTypes: ['Seats'] },
      'o1',
      'GB',
      undefined,
    ],
    ['of one answered for is zero', { billingTypes: ['Seats'] }, 'o2', 'Seats', 0],
    ['that was fed beside an answer is known', { billingTypes: ['GB'] }, 'o1', 'Seats', 7],
    ['that could not be told is unknown', { unknown: { o2: ['Seats'] } }, 'o2', 'Seats', undefined],
    ['of another organization is not touched by that', { unknown: { o2: ['Seats'] } }, 'o3', 'Seats', 0],
    ['of another billing type neither', { unknown: { o2: ['Seats'] } }, 'o2', 'GB', 0],
    ['takes an id for an id', {}, 'toString', 'Seats', 0],
    ['takes an id for an id, unknown too', { unknown: {} }, 'toString', 'Seats', 0],
  ])('%s', (_, more, externalId, billingType, count) => {
    expect(countOf(report(more), externalId, BillingTypeName.parse(billingType))).toBe(count);
  });
});
