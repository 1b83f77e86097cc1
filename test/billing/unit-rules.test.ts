import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineUnits, shareOf, sharingOn } from '../../src/billing/line-units.ts';
import { applyCount, effectiveDate } from '../../src/billing/unit-rules.ts';
import type { ContractDates } from '../../src/domain/billing-period.ts';
import { periodContaining } from '../../src/domain/billing-period.ts';
import type { IsoDate } from '../../src/domain/calendar.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import type { BillingTypeName } from '../../src/domain/ids.ts';
import type { MappedService } from '../../src/domain/service-mapping.ts';
import { finalUnits, type UnitChange, unitsOn } from '../../src/domain/unit-ledger.ts';
import { countsOf, sumCounts, UsageReport } from '../../src/domain/usage-count.ts';

const open = { startDate: isoDate('2026-01-01'), endDate: null };
const ending = { startDate: isoDate('2026-01-01'), endDate: isoDate('2026-11-20') };

describe('from when a change counts', () => {
  test.each([
    ['prorate-daily', undefined, 4, '2026-11-16', '2026-11-16'],
    ['prorate-daily', undefined, -4, '2026-11-16', '2026-11-16'],
    ['prorate-daily', 'next-period', 4, '2026-11-16', '2026-11-16'],
    ['prorate-daily', 'next-period', -4, '2026-11-16', '2026-12-01'],
    ['next-period', undefined, 4, '2026-11-16', '2026-12-01'],
    ['next-period', 'prorate-daily', -4, '2026-11-16', '2026-11-16'],
    ['peak', undefined, 4, '2026-11-16', '2026-11-01'],
    ['peak', undefined, -4, '2026-11-16', '2026-12-01'],
    ['peak', 'prorate-daily', -4, '2026-11-16', '2026-12-01'],
    ['next-period', undefined, -4, '2026-11-01', '2026-11-01'],
    ['prorate-daily', 'next-period', -4, '2026-11-01', '2026-11-01'],
    ['peak', undefined, -4, '2026-11-01', '2026-11-01'],
  ] as const)('%s, drops %s: %i on %s counts from %s', (unitRule, dropRule, change, date, from) => {
    const period = periodContaining(open, isoDate(date));
    if (!period) throw new Error('no period');
    expect(effectiveDate({ unitRule, dropRule }, change, isoDate(date), period, open)).toBe(from);
  });

  test('never, when the next period would begin after the contract’s end', () => {
    const period = periodContaining(ending, isoDate('2026-11-16'));
    if (!period) throw new Error('no period');
    expect(
      effectiveDate({ unitRule: 'next-period' }, 1, isoDate('2026-11-16'), period, ending),
    ).toBeUndefined();
    expect(applyCount([], 5, isoDate('2026-11-16'), () => undefined)).toEqual([]);
  });
});

/** Applies daily counts of November 2026 under a rule, as a run does each night. */
function replay(unitRule: 'prorate-daily' | 'next-period' | 'peak', counts: readonly [number, number][]) {
  return counts.reduce<UnitChange[]>((changes, [day, count]) => {
    const date = isoDate(`2026-11-${String(day).padStart(2, '0')}`);
    const period = periodContaining(open, date);
    if (!period) throw new Error('no period');
    return applyCount(changes, count, date, (change) =>
      effectiveDate({ unitRule }, change, date, period, open),
    );
  }, []);
}

describe('what counts leave in force', () => {
  test('peak: 10, 14, 12 bills 14 this period and 12 the next', () => {
    const changes = replay('peak', [
      [1, 10],
      [5, 14],
      [9, 12],
    ]);
    expect(unitsOn(changes, isoDate('2026-11-01'))).toBe(14);
    expect(unitsOn(changes, isoDate('2026-12-01'))).toBe(12);
  });

  test('the newest count alone decides, whatever came before', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.constantFrom('prorate-daily', 'next-period', 'peak'),
        days.map((all) => all.sort((a, b) => a - b)),
        fc.array(fc.nat(50), { minLength: 12, maxLength: 12 }),
        (rule, all, counts) => {
          const given = all.map((day, i): [number, number] => [day, counts[i] ?? 0]);
          const changes = replay(rule, given);
          const last = given.at(-1);
          if (!last) throw new Error('no day');
          expect(finalUnits(changes)).toBe(last[1]);
          expect(replay(rule, [...given, last])).toEqual(changes);
          if (rule === 'prorate-daily')
            for (const [day, count] of given)
              expect(unitsOn(changes, isoDate(`2026-11-${String(day).padStart(2, '0')}`))).toBe(count);
        },
      ),
    );
  });
});

describe('the sum over module organizations', () => {
  const report = (complete: boolean) =>
    UsageReport.parse({
      id: 'm:2026-11-01',
      module: 'm',
      date: '2026-11-01',
      takenAt: '2026-11-01T01:15:00.000Z',
      complete,
      counts: { a: { T: 3 }, b: { T: 4, U: 1 } },
    });
  const T = 'T' as BillingTypeName;

  test.each([
    [true, ['a', 'b'], 7],
    [true, ['a', 'c'], 3],
    [true, ['constructor', 'toString'], 0],
    [false, ['a', 'b'], 7],
    [false, ['a', 'c'], undefined],
    [true, [], 0],
  ])('complete %s, %j: %s', (complete, externalIds, sum) =>
    expect(sumCounts(report(complete), externalIds, T)).toBe(sum),
  );

  test('names that JavaScript knows are names like others', () => {
    const counts = countsOf([
      { externalId: 'constructor', billingType: 'toString', quantity: 2 },
      { externalId: 'constructor', billingType: 'T', quantity: 3 },
      { externalId: 'constructor', billingType: 'T', quantity: 5 },
    ]);
    expect(Object.entries(counts)).toEqual([['constructor', { toString: 2, T: 5 }]]);
    expect(Object.prototype).not.toHaveProperty('T');
  });
});

describe('shares', () => {
  const mapping = (contractId: string, share: number, minimum?: number) =>
    ({ id: `m-${contractId}`, contractId, share, minimum }) as unknown as MappedService;

  test('10 units at 33.33, 33.33 and 33.34 percent: the remainder goes to the lowest contract id', () => {
    const all = [mapping('c2', 33.33), mapping('c1', 33.33), mapping('c3', 33.34)];
    expect(all.map((each) => shareOf(10, each, all))).toEqual([3, 4, 3]);
  });

  test('percentages binary fractions cannot hold lose no unit', () => {
    const all = [mapping('c1', 66.67), mapping('c2', 33.33)];
    expect(all.map((each) => shareOf(10_000, each, all))).toEqual([6667, 3333]);
  });

  test('at least the minimum', () => {
    const all = [mapping('c1', 50, 5), mapping('c2', 50)];
    expect(all.map((each) => lineUnits(6, each, all))).toEqual([5, 3]);
    expect(all.map((each) => lineUnits(16, each, all))).toEqual([8, 8]);
  });

  test.each([
    ['alone', [60], [6]],
    ['of three, one is ignored on its contract', [33.33, 33.33], [4, 3]],
  ])('%s: nobody gets the part that is nobody’s', (_name, shares, units) => {
    const all = shares.map((share, i) => mapping(`c${i}`, share));
    expect(all.map((each) => shareOf(10, each, all))).toEqual(units);
  });

  test('where one contract took over from another, those that run on the day share', () => {
    const dates = (startDate: string, endDate: string | null) =>
      ({ startDate, endDate }) as unknown as ContractDates;
    const [stays, gone, came] = [mapping('c1', 50), mapping('c2', 50), mapping('c3', 50)];
    const sharers = [
      { mapping: stays, contract: dates('2026-01-01', null) },
      { mapping: gone, contract: dates('2026-01-01', '2026-06-30') },
      { mapping: came, contract: dates('2026-07-01', null) },
    ];
    expect(sharingOn('2026-06-30' as IsoDate, sharers)).toEqual([stays, gone]);
    expect(sharingOn('2026-07-01' as IsoDate, sharers)).toEqual([stays, came]);
    expect(sharingOn('2026-07-01' as IsoDate, sharers.slice(0, 2))).toEqual([stays, gone]);
  });

  test('always sum to the whole, in any order', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(parts, fc.nat(100_000), (hundredths, count) => {
        const scale = hundredths.reduce((a, b) => a + b, 0);
        const shares = hundredths.map((each) => Math.floor((each * 10_000) / scale));
        shares[0] = (shares[0] ?? 0) + 10_000 - shares.reduce((a, b) => a + b, 0);
        const all = shares.map((share, i) => mapping(`c${i}`, share / 100));
        const units = all.map((each) => shareOf(count, each, all));
        expect(units.reduce((a, b) => a + b, 0)).toBe(count);
        expect(units.every((each) => each >= 0)).toBe(true);
        expect(all.map((each) => shareOf(count, each, all.toReversed()))).toEqual(units);
      }),
    );
  });
});
