import { describe, expect, test } from 'vitest';
import { type CountNeed, thinReports } from '../../src/billing/thin-reports.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { BillingTypeName } from '../../src/domain/ids.ts';
import { lastMonthToThin } from '../../src/domain/retention.ts';
import { countOf, UsageReport } from '../../src/domain/usage-count.ts';

const type = BillingTypeName.parse('AllDevicesMetric');
const at = '2026-11-27T02:00:00.000Z' as UsageReport['takenAt'];

const report = (date: string, counts: UsageReport['counts'], more: object = {}) =>
  UsageReport.parse({
    id: `datto-rmm:${date}`,
    module: 'datto-rmm',
    date,
    takenAt: `${date}T01:15:00Z`,
    complete: true,
    counts,
    ...more,
  });

const need = (externalId: string, from: string, to = from): CountNeed => ({
  externalId,
  billingType: type,
  from: isoDate(from),
  to: isoDate(to),
});

const MONTH = [
  report('2025-09-01', { a: { AllDevicesMetric: 3 }, b: { AllDevicesMetric: 7 } }),
  report('2025-09-02', { b: { AllDevicesMetric: 8 } }),
  report('2025-09-03', { a: { AllDevicesMetric: 4 } }),
  report('2025-09-30', { a: { AllDevicesMetric: 5 }, b: { AllDevicesMetric: 9 } }),
];

describe('one month of one module', () => {
  test('keeps the counts that bill, a zero among them, and the last report whole', () => {
    const { put, remove } = thinReports(MONTH, [need('a', '2025-09-02')], at);
    expect(remove.map(({ date }) => date)).toEqual(['2025-09-01', '2025-09-03']);
    expect(put).toEqual([
      { ...MONTH[1], complete: false, thinned: at, counts: { a: { AllDevicesMetric: 0 } } },
    ]);
  });

  test('what is gone is unknown afterwards, not zero', () => {
    const [kept] = thinReports(MONTH, [need('a', '2025-09-02')], at).put;
    expect(kept && countOf(kept, 'b', type)).toBeUndefined();
    expect(kept && countOf(kept, 'a', type)).toBe(0);
  });

  test('what was unknown stays unknown', () => {
    const fed = MONTH.map((each) => ({ ...each, complete: false }));
    const { put, remove } = thinReports(fed, [need('a', '2025-09-02')], at);
    expect(put).toEqual([]);
    expect(remove).toHaveLength(3);
  });

  test('a second time changes nothing, and takes out what is no longer needed', () => {
    const needs = [need('a', '2025-09-01', '2025-09-03')];
    const after = [...thinReports(MONTH, needs, at).put, MONTH[3] as UsageReport];
    expect(after).toHaveLength(4);
    expect(thinReports(after, needs, at)).toEqual({ put: [], remove: [] });
    expect(thinReports(after, [], at).remove).toHaveLength(3);
  });
});

test.each([
  ['2026-11-27', 13, '2025-09'],
  ['2026-11-01', 13, '2025-09'],
  ['2026-03-31', 4, '2025-10'],
  ['2026-03-31', null, undefined],
])('on %s, with %s months kept, the newest month that is thinned is %s', (today, months, month) => {
  expect(lastMonthToThin(isoDate(today), months)).toBe(month);
});
