import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, isoDate, later } from '../../src/domain/calendar.ts';
import { roundToCents, sumMoney, toChartNumber } from '../../src/domain/money.ts';
import { World } from './world.ts';

/** What happens on one day: a count, or none because it failed; and whether a person posts afterwards. */
interface Day {
  readonly after: number;
  readonly count: number | undefined;
  readonly post: boolean;
}

const day: fc.Arbitrary<Day> = fc.record({
  after: fc.integer({ min: 1, max: 20 }),
  count: fc.option(fc.nat(30), { nil: undefined, freq: 4 }),
  post: fc.boolean(),
});

const scenario = fc.record({
  startDate: fc.integer({ min: 0, max: 100 }).map((days) => addDays(isoDate('2026-01-01'), days) as string),
  endsAfter: fc.option(fc.integer({ min: 20, max: 150 }), { nil: undefined, freq: 3 }),
  units: fc.constantFrom(0, 0, 8),
  unitRule: fc.constantFrom('prorate-daily', 'next-period'),
  dropRule: fc.constantFrom(undefined, 'prorate-daily', 'next-period'),
  from: fc.constantFrom('period-start', 'today'),
  minimum: fc.constantFrom(undefined, 5),
  days: fc.array(day, { minLength: 1, maxLength: 10 }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** 12 March 2026: most contracts have begun, on any day of a month; some begin within the next four weeks. */
const MAPPED = isoDate('2026-03-12');

function begin({ startDate, endsAfter, units, unitRule, dropRule, from, minimum }: Scenario): World {
  const endDate =
    endsAfter === undefined ? {} : { endDate: addDays(later(MAPPED, isoDate(startDate)), endsAfter) };
  return new World({ startDate, units, readOn: MAPPED, ...endDate })
    .map({ since: MAPPED, unitRule, dropRule, from, minimum })
    .count(MAPPED, 10);
}

/** Plays the days; `each` after each of them. */
function play(given: Scenario, each: (world: World, day: Day) => void): World {
  const world = begin(given);
  let date = MAPPED;
  each(world, { after: 0, count: 10, post: given.days[0]?.post ?? false });
  for (const one of given.days) {
    date = addDays(date, one.after);
    if (one.count === undefined) world.day(date);
    else world.count(date, one.count);
    each(world, one);
  }
  return world;
}

const everyNight = (given: Scenario) => play(given, (world) => void world.run());

const billed = (world: World): number =>
  toChartNumber(sumMoney(world.input.billingItems.map((item) => roundToCents(item.amount))));

describe('nothing posted', () => {
  test('a run every night ends where one run at the end does', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const once = play(given, () => {});
        once.run();
        const nightly = everyNight(given);
        expect(once.items()).toEqual(nightly.items());
      }),
      { numRuns: 400 },
    );
  });

  test('a second run changes nothing', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const again = everyNight(given).run();
        expect(again).toMatchObject({ ledgers: [], adjustments: [], items: { put: [], remove: [] } });
      }),
      { numRuns: 200 },
    );
  });

  test('unit changes written to the PSA add up to the units in force', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        let written = given.units;
        const world = play(given, (each) => {
          for (const { change } of each.run().adjustments) written += change;
        });
        const inForce = world.input.unitLedgers.flatMap((ledger) => ledger.changes);
        expect(written).toBe(inForce.reduce((sum, change) => sum + change.units, 0));
      }),
      { numRuns: 200 },
    );
  });
});

describe('posting at any time', () => {
  test('never changes what was posted, nor by more than rounding what is billed in all', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const posted = new Map<string, unknown>();
        const world = play(given, (each, { post }) => {
          each.run();
          for (const item of each.input.billingItems)
            if (posted.has(item.id)) expect(item).toEqual(posted.get(item.id));
          if (!post) return;
          for (const item of each.post().input.billingItems) posted.set(item.id, item);
        });
        const unposted = everyNight(given);
        const items = world.input.billingItems.length + unposted.input.billingItems.length;
        expect(Math.abs(billed(world) - billed(unposted))).toBeLessThanOrEqual(0.005 * items + 1e-9);
        expect(world.run()).toMatchObject({ items: { put: [], remove: [] } });
      }),
      { numRuns: 400 },
    );
  });
});

test('the order in which records are listed does not matter', () => {
  fc.assert(
    fc.property(scenario, fc.nat(1), (given, turn) => {
      const world = begin({ ...given, units: 0 });
      const [mapping] = world.input.serviceMappings;
      if (mapping?.status !== 'mapped') throw new Error('not mapped');
      const second = { ...mapping, id: 'sm_second', billingType: 'ServersMetric' as never };
      const both = [mapping, second];
      world.set({ serviceMappings: turn ? both : both.toReversed() });
      const report = world.input.usageReports[0];
      if (!report) throw new Error('not counted');
      const counts = { 'site-1': { ServersMetric: 3, AllDevicesMetric: 10 } };
      world.set({ usageReports: [{ ...report, counts }] });
      const plan = world.plan();
      world.set({ serviceMappings: both, contractServices: world.input.contractServices.toReversed() });
      expect(world.plan()).toEqual(plan);
    }),
    { numRuns: 50 },
  );
});
