import { describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { type IsoInstant, isoDate } from '../../src/domain/calendar.ts';
import { LineDecisions } from '../../src/domain/line-decision.ts';
import { DEFAULT_HOLD_LIMITS, type HoldLimits } from '../../src/domain/settings.ts';
import { World } from './world.ts';

const BY = { by: SYSTEM, at: '2026-11-24T08:00:00.000Z' as IsoInstant };

/** 12 units in force since 1 November, counted every day until the 22nd. */
function steady(limits: Partial<HoldLimits> = {}): World {
  const world = new World()
    .set({ holdLimits: { ...DEFAULT_HOLD_LIMITS, ...limits } })
    .map({ since: '2026-11-01' });
  for (let day = 1; day <= 22; day++) world.count(`2026-11-${String(day).padStart(2, '0')}`, 12).run();
  return world;
}

const decide = (world: World, decisions: object): World => {
  const id = world.input.serviceMappings[0]?.id ?? '';
  return world.set({ lineDecisions: [LineDecisions.parse({ id, ...decisions })] });
};

const PERIOD = 'pending period 2026-11-01 datto-rmm 12 150.00';

describe('a count that falls to zero', () => {
  test('waits, and changes nothing', () => {
    const world = steady().count('2026-11-23', 0);
    expect(world.run().lines).toMatchObject([
      {
        action: 'held',
        oldUnits: 12,
        newUnits: 0,
        effectiveDate: '2026-11-23',
        heldSince: '2026-11-23',
        amount: '-40.00',
        monthlyAmount: '-150.00',
        reason: { code: 'held-zero' },
      },
    ]);
    expect(world.items()).toEqual([PERIOD]);
  });

  test('keeps the effective date it was first held with', () => {
    const world = steady().count('2026-11-23', 0);
    world.run();
    const [line] = world.count('2026-11-24', 2).run().lines;
    expect(line).toMatchObject({
      action: 'held',
      newUnits: 2,
      effectiveDate: '2026-11-23',
      heldSince: '2026-11-23',
    });
  });

  test('released, each day counts with its own date: −12 from the 23rd, +2 from the 24th', () => {
    const world = steady().count('2026-11-23', 0);
    world.run();
    world.count('2026-11-24', 2).run();
    decide(world, { releases: [{ through: '2026-11-24', ...BY }] }).run();
    expect(world.items()).toEqual([
      PERIOD,
      'pending adjustment 2026-11-23 datto-rmm -12 -40.00',
      'pending adjustment 2026-11-24 datto-rmm 2 5.8333',
    ]);
    expect(world.run().lines).toMatchObject([{ action: 'none' }]);
  });

  test('that comes back within the limits ends the wait, and the held days are dropped', () => {
    const world = steady().count('2026-11-23', 0);
    world.run();
    const [line] = world.count('2026-11-24', 13).run().lines;
    expect(line).toMatchObject({
      action: 'change',
      newUnits: 13,
      effectiveDate: '2026-11-24',
      reason: { code: 'count-returned' },
    });
    expect(world.items()).toEqual([PERIOD, 'pending adjustment 2026-11-24 datto-rmm 1 2.9167']);
  });

  test('does not wait where that is switched off', () => {
    const world = steady({ zero: false, jumpUnits: 20 }).count('2026-11-23', 0);
    expect(world.run().lines).toMatchObject([{ action: 'change', newUnits: 0 }]);
  });

  test('a failed module is no zero, and a held line is then unknown', () => {
    const world = steady().count('2026-11-23', 0);
    world.run();
    const moduleStates = world.input.moduleStates.map((state) => ({
      ...state,
      lastSync: { runId: 'r' as never, at: BY.at, state: 'failed' as const },
    }));
    expect(world.set({ moduleStates }).day('2026-11-24').run().lines).toMatchObject([
      { action: 'none', newUnits: 12, reason: { code: 'count-unknown' } },
    ]);
  });
});

describe('a jump', () => {
  const cases: [string, number, string][] = [
    ['of 5 units does not wait', 17, 'change'],
    ['of 6 units and 50 % waits', 18, 'held'],
    ['down by 6 units and 50 % waits', 6, 'held'],
    ['down by 5 units does not wait', 7, 'change'],
  ];
  test.each(cases)('%s', (_name, count, action) => {
    expect(steady().count('2026-11-23', count).run().lines).toMatchObject([{ action, newUnits: count }]);
  });

  test('of 25 % exactly does not wait, however many units', () => {
    const from40 = (count: number) => {
      const world = new World().set({ holdLimits: DEFAULT_HOLD_LIMITS }).map({ since: '2026-11-01' });
      world.count('2026-11-01', 40).run();
      return world.count('2026-11-02', count).run().lines;
    };
    expect(from40(50)).toMatchObject([{ action: 'change' }]);
    expect(from40(51)).toMatchObject([{ action: 'held' }]);
  });

  test('is not tested while no day is known in the 30 before', () => {
    const world = new World({ startDate: '2026-01-01' }).set({ holdLimits: DEFAULT_HOLD_LIMITS });
    world.map({ since: '2026-09-01' }).count('2026-09-01', 10).run();
    expect(world.count('2026-11-10', 90).run().lines).toMatchObject([{ action: 'change' }]);
  });

  test('a count equal to the units in force never waits', () => {
    const world = steady();
    decide(world.count('2026-11-23', 40), { releases: [{ through: '2026-11-23', ...BY }] }).run();
    expect(world.count('2026-11-24', 40).run().lines).toMatchObject([{ action: 'none', newUnits: 40 }]);
  });

  test('undecided held days stay out of the median', () => {
    const world = steady();
    for (const day of ['23', '24', '25', '26', '27', '28', '29', '30'])
      world.count(`2026-11-${day}`, 60).run();
    expect(world.count('2026-12-01', 60).run().lines).toMatchObject([
      { action: 'held', heldSince: '2026-11-23', effectiveDate: '2026-11-23' },
    ]);
  });
});

describe('first counts', () => {
  test('wait where that is switched on', () => {
    const world = new World().set({ holdLimits: { ...DEFAULT_HOLD_LIMITS, firstCounts: true } });
    world.map({ since: '2026-11-10' }).count('2026-11-10', 10);
    expect(world.run().lines).toMatchObject([
      {
        action: 'held',
        oldUnits: 0,
        newUnits: 10,
        effectiveDate: '2026-11-01',
        reason: { code: 'held-first' },
      },
    ]);
    expect(world.items()).toEqual([]);
    decide(world, { releases: [{ through: '2026-11-10', ...BY }] }).run();
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 10 125.00']);
  });

  test('of zero over units the PSA held wait as a fall to zero', () => {
    const world = new World({ units: 8 }).set({ holdLimits: DEFAULT_HOLD_LIMITS });
    world.map({ since: '2026-11-10' }).count('2026-11-10', 0);
    expect(world.run().lines).toMatchObject([
      { action: 'held', oldUnits: 8, newUnits: 0, reason: { code: 'held-zero' } },
    ]);
  });
});

describe('exclusions', () => {
  test('with units: that many are subtracted daily until the end, then the whole count is judged again', () => {
    const world = steady().count('2026-11-23', 40);
    world.run();
    const exclusion = {
      from: isoDate('2026-11-23'),
      until: isoDate('2026-11-25'),
      units: 26,
      reason: 'On loan',
      ...BY,
    };
    decide(world, { exclusions: [exclusion] }).run();
    expect(world.items()).toEqual([PERIOD, 'pending adjustment 2026-11-23 datto-rmm 2 6.6667']);
    const [line] = world.count('2026-11-24', 41).run().lines;
    expect(line?.reason.text).toContain('26 of them excluded');
    expect(line).toMatchObject({ newUnits: 15 });
    expect(world.count('2026-11-26', 41).run().lines).toMatchObject([{ action: 'held', newUnits: 41 }]);
  });

  test('without units: counts are not applied, units in force stay', () => {
    const world = steady().count('2026-11-23', 0);
    world.run();
    const exclusion = {
      from: isoDate('2026-11-23'),
      until: isoDate('2026-11-25'),
      reason: 'Site moves',
      ...BY,
    };
    decide(world, { exclusions: [exclusion] });
    expect(world.run().lines).toMatchObject([{ action: 'none', newUnits: 12, reason: { code: 'excluded' } }]);
    world.count('2026-11-26', 11).run();
    expect(world.items()).toEqual([PERIOD, 'pending adjustment 2026-11-26 datto-rmm -1 -2.0833']);
  });
});
