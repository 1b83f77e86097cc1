import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodsOf } from '../../../src/simulators/autotask/billing/periods.ts';
import {
  chargeOf,
  forceOn,
  type Line,
  segmentsOf,
} from '../../../src/simulators/autotask/billing/segments.ts';

const shown = (contract: Parameters<typeof periodsOf>[0], through: string, ahead?: number) =>
  periodsOf(contract, through, ahead).map(({ start, end, days }) => `${start} ${end} ${days}`);

describe('periods', () => {
  it.each([
    [
      'are clamped to the month’s end, reckoned from the start',
      { start: '2026-01-31', end: '2027-01-30', months: 1 },
      '2026-04-30',
      [
        '2026-01-31 2026-02-27 28',
        '2026-02-28 2026-03-30 31',
        '2026-03-31 2026-04-29 30',
        '2026-04-30 2026-05-30 31',
      ],
    ],
    [
      'end with the contract, days in period uncut',
      { start: '2026-09-15', end: '2026-12-31', months: 1 },
      '2027-06-01',
      [
        '2026-09-15 2026-10-14 30',
        '2026-10-15 2026-11-14 31',
        '2026-11-15 2026-12-14 30',
        '2026-12-15 2026-12-31 31',
      ],
    ],
    [
      'of a quarter',
      { start: '2026-08-01', end: '2027-07-31', months: 3 },
      '2026-11-26',
      ['2026-08-01 2026-10-31 92', '2026-11-01 2027-01-31 92'],
    ],
    [
      'are none before the contract starts',
      { start: '2026-09-15', end: '2026-12-31', months: 1 },
      '2026-09-14',
      [],
    ],
  ])('%s', (_, contract, through, expected) => {
    expect(shown(contract, through)).toEqual(expected);
  });

  it('go on for as many more as asked', () => {
    const contract = { start: '2026-09-15', end: '2026-12-31', months: 1 };
    expect(shown(contract, '2026-10-20', 1)).toHaveLength(3);
    expect(shown(contract, '2026-10-20', 9)).toHaveLength(4);
  });
});

const PERIODS = periodsOf({ start: '2026-09-15', end: '2026-12-31', months: 1 }, '2026-12-31');

const line = (units: number, unitPrice: number, changes: Line['changes'] = []): Line => ({
  contractServiceId: 1,
  contractId: 1,
  serviceId: 1,
  from: '2026-09-15',
  units,
  unitPrice,
  unitCost: 1,
  changes,
});
const change = (effectiveDate: string, unitChange: number, unitPrice?: number) => ({
  adjustmentId: 7,
  effectiveDate,
  unitChange,
  ...(unitPrice === undefined ? {} : { unitPrice }),
});

describe('segments', () => {
  it('are split where an adjustment falls inside a period, and carry its units forward', () => {
    const segments = segmentsOf(line(10, 12.5, [change('2026-11-24', 4), change('2026-12-15', -2)]), PERIODS);
    expect(segments.map(({ start, end, units }) => `${start} ${end} ${units}`)).toEqual([
      '2026-09-15 2026-10-14 10',
      '2026-10-15 2026-11-14 10',
      '2026-11-15 2026-11-23 10',
      '2026-11-24 2026-12-14 14',
      '2026-12-15 2026-12-31 12',
    ]);
  });

  it('begin with the adjustment that adds the service', () => {
    const added = { ...line(0, 12.5, [change('2026-11-24', 4)]), from: '2026-11-24' };
    expect(segmentsOf(added, PERIODS).map(({ start, units }) => `${start} ${units}`)).toEqual([
      '2026-11-24 4',
      '2026-12-15 4',
    ]);
  });
});

/** What the segment that begins on a day comes to. */
const charged = (of: Line, start: string) => {
  const segment = segmentsOf(of, PERIODS).find((one) => one.start === start);
  return segment && chargeOf(segment);
};

describe('charges', () => {
  it.each([
    ['a whole period: 10 × 12.50', line(10, 12.5), '2026-10-15', 10, 125],
    ['a last period of 17 of 31 days: 125 × 17 ÷ 31', line(10, 12.5), '2026-12-15', 10, 68.55],
    [
      'more units for 21 of 30 days: 4 × 12.50 × 21 ÷ 30',
      line(10, 12.5, [change('2026-11-24', 4)]),
      '2026-11-24',
      4,
      35,
    ],
    [
      'fewer units: −6 × 12.50 × 21 ÷ 30',
      line(10, 12.5, [change('2026-11-24', -6)]),
      '2026-11-24',
      -6,
      -52.5,
    ],
    [
      'the whole period with the units it begins with',
      line(10, 12.5, [change('2026-11-15', 4)]),
      '2026-11-15',
      14,
      175,
    ],
    ['half a cent up: 13 × 4.1650', line(13, 4.165), '2026-10-15', 13, 54.15],
    [
      'half a cent down: −1 × 8.33 × 15 ÷ 30',
      line(3, 8.33, [change('2026-11-30', -1)]),
      '2026-11-30',
      -1,
      -4.17,
    ],
    [
      'a new price alone: 10 × 3.00 × 21 ÷ 30',
      line(10, 12.5, [change('2026-11-24', 0, 15.5)]),
      '2026-11-24',
      0,
      21,
    ],
  ])('%s', (_, of, start, quantity, price) => {
    expect(charged(of, start)).toMatchObject({ quantity, price });
  });

  it('are none for no units and for no change', () => {
    expect(charged(line(0, 12.5), '2026-10-15')).toBeUndefined();
    expect(charged(line(10, 12.5, [change('2026-11-24', 0)]), '2026-11-24')).toBeUndefined();
  });

  it('property: units of segments are the start’s and all changes up to their first day, and days are covered once', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { maxLength: 8 });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 50 }), (offsets, units) => {
        const changes = offsets
          .toSorted((a, b) => a - b)
          .map((days) => change(Temporal.PlainDate.from('2026-09-15').add({ days }).toString(), 1));
        const of = line(units, 1, changes);
        const segments = segmentsOf(of, PERIODS);
        for (const segment of segments) expect(segment.units).toBe(forceOn(of, segment.end).units);
        const covered = segments.flatMap(({ start, end }) => [start, end]);
        expect(covered).toEqual(covered.toSorted());
        expect([covered[0], covered.at(-1)]).toEqual(['2026-09-15', '2026-12-31']);
        expect(segments.at(-1)?.units).toBe(
          units + changes.filter((one) => one.effectiveDate <= '2026-12-31').length,
        );
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
