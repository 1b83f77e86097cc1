import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  billingPeriod,
  daysLeft,
  nextPeriod,
  nextPeriodStart,
  periodContaining,
} from '../../src/domain/billing-period.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  daysInclusive,
  IsoDate,
  isoDate,
} from '../../src/domain/calendar.ts';

const contract = (startDate: string, endDate: string | null = null) => ({
  startDate: isoDate(startDate),
  endDate: endDate === null ? null : isoDate(endDate),
});
const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays(isoDate('2023-06-15'), days));

describe('calendar days', () => {
  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '2026-01-01T00:00:00Z', ''])(
    '%j is none',
    (text) => expect(IsoDate.safeParse(text).success).toBe(false),
  );

  test('2028 has a 29 February, 2026 has not', () => {
    expect(addDays(isoDate('2028-02-28'), 1)).toBe('2028-02-29');
    expect(addDays(isoDate('2026-02-28'), 1)).toBe('2026-03-01');
  });

  test('days between and adding days undo each other, over every change of clocks', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
      }),
    );
  });
});

describe('periods reckoned from the start, clamped to the month’s end', () => {
  const starts = (startDate: string, count: number) =>
    Array.from({ length: count }, (_, index) => billingPeriod(contract(startDate), index)?.start);

  test.each([
    ['2026-01-31', ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']],
    ['2027-12-31', ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31']],
    ['2028-02-29', ['2028-02-29', '2028-03-29', '2028-04-29']],
    ['2026-01-15', ['2026-01-15', '2026-02-15', '2026-03-15']],
  ])('from %s: %j', (startDate, expected) => expect(starts(startDate, expected.length)).toEqual(expected));

  test('31 January to 27 February has 28 days, 28 February to 30 March 31', () => {
    expect(billingPeriod(contract('2026-01-31'), 0)).toMatchObject({ end: '2026-02-27', days: 28 });
    expect(billingPeriod(contract('2026-01-31'), 1)).toMatchObject({ end: '2026-03-30', days: 31 });
  });

  test('the last one is cut at the contract’s end; its days stay the uncut length', () => {
    const cut = contract('2026-01-01', '2026-11-10');
    const last = periodContaining(cut, isoDate('2026-11-10'));
    expect(last).toMatchObject({ start: '2026-11-01', end: '2026-11-10', days: 30 });
    expect(last && daysLeft(last, isoDate('2026-11-06'))).toBe(5);
    expect(last && nextPeriod(cut, last)).toBeUndefined();
    expect(last && nextPeriodStart(cut, last)).toBe('2026-12-01');
    expect(periodContaining(cut, isoDate('2026-11-11'))).toBeUndefined();
    expect(periodContaining(cut, isoDate('2025-12-31'))).toBeUndefined();
    expect(billingPeriod(cut, -1)).toBeUndefined();
  });

  test('a contract of one day has one period of one day', () => {
    const one = contract('2026-01-31', '2026-01-31');
    expect(periodContaining(one, isoDate('2026-01-31'))).toMatchObject({ end: '2026-01-31', days: 28 });
  });
});

test('every day of a contract lies in exactly one period', () => {
  fc.assert(
    fc.property(
      day,
      fc.option(fc.integer({ min: 0, max: 900 })),
      fc.integer({ min: 0, max: 900 }),
      (startDate, length, after) => {
        const endDate = length === null ? null : addDays(startDate, length);
        const own = { startDate, endDate };
        const date = addDays(startDate, after);
        const holding = Array.from({ length: 40 }, (_, index) => billingPeriod(own, index)).filter(
          (period) => period && period.start <= date && date <= period.end,
        );
        const inContract = endDate === null || date <= endDate;
        expect(holding).toHaveLength(inContract ? 1 : 0);
        expect(periodContaining(own, date)).toEqual(holding[0]);
      },
    ),
  );
});

test('periods follow each other without a gap and fill the contract', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 900 }), (startDate, length) => {
      const own = { startDate, endDate: addDays(startDate, length) };
      let expected = startDate;
      let days = 0;
      for (let index = 0; ; index++) {
        const period = billingPeriod(own, index);
        if (!period) break;
        expect(period.start).toBe(expected);
        expect(period.start).toBe(addMonths(startDate, index));
        expect(period.days).toBeGreaterThanOrEqual(daysInclusive(period.start, period.end));
        days += daysInclusive(period.start, period.end);
        expected = addDays(period.end, 1);
      }
      expect(days).toBe(length + 1);
    }),
  );
});
