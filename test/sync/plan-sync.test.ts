import { describe, expect, test } from 'vitest';
import type { IsoInstant } from '../../src/domain/calendar.ts';
import { SyncRunId } from '../../src/domain/ids.ts';
import { World } from './world.ts';

const failed = (world: World) =>
  world.set({
    moduleStates: world.input.moduleStates.map((state) => ({
      ...state,
      lastSync: {
        runId: SyncRunId.parse('r1'),
        at: '2026-11-12T01:15:00.000Z' as IsoInstant,
        state: 'failed' as const,
        problem: 'Datto RMM did not answer.',
      },
    })),
  });

describe('a first count', () => {
  test('from the period start bills the whole period', () => {
    const world = new World().map({ since: '2026-11-10' }).count('2026-11-10', 10);
    const [line] = world.run().lines;
    expect(line).toMatchObject({
      action: 'create',
      oldUnits: 0,
      newUnits: 10,
      effectiveDate: '2026-11-01',
      amount: '125.00',
    });
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 10 125.00']);
  });

  test('from today gives one adjustment and no period item: 10 × 12.50 × 21/30 = 87.50', () => {
    const world = new World().map({ since: '2026-11-10', from: 'today' }).count('2026-11-10', 10);
    world.run();
    expect(world.items()).toEqual(['pending adjustment 2026-11-10 datto-rmm 10 87.50']);
  });

  test('is the newest one known on the day of the mapping', () => {
    const world = new World()
      .count('2026-11-08', 7)
      .count('2026-11-09', 9)
      .map({ since: '2026-11-10' })
      .day('2026-11-10');
    expect(world.plan().lines[0]).toMatchObject({ newUnits: 9, effectiveDate: '2026-11-01' });
  });

  test('of zero creates nothing', () => {
    const world = new World().map({ since: '2026-11-10' }).count('2026-11-10', 0);
    expect(world.run().lines[0]).toMatchObject({ action: 'none', newUnits: 0 });
    expect(world.items()).toEqual([]);
  });

  test('is kept up to the minimum', () => {
    const world = new World().map({ since: '2026-11-10', minimum: 5 }).count('2026-11-10', 2);
    expect(world.run().lines[0]).toMatchObject({ newUnits: 5 });
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 5 62.50']);
  });
});

describe('running twice', () => {
  test('changes nothing', () => {
    const world = new World().map({ since: '2026-11-10' }).count('2026-11-10', 10);
    world.run();
    const again = world.run();
    expect(again.lines[0]).toMatchObject({ action: 'none', reason: { code: 'count-same' } });
    expect(again).toMatchObject({ ledgers: [], adjustments: [], items: { put: [], remove: [] } });
  });

  test('on the same day the last count replaces the earlier one', () => {
    const world = new World().map({ since: '2026-11-10' }).count('2026-11-10', 10);
    world.run();
    world.count('2026-11-10', 12).run();
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 12 150.00']);
  });

  test('a recount later in the period replaces that day only', () => {
    const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    world.count('2026-11-16', 14).run();
    world.count('2026-11-16', 12).run();
    expect(world.items()).toEqual([
      'pending period 2026-11-01 datto-rmm 10 125.00',
      'pending adjustment 2026-11-16 datto-rmm 2 12.50',
    ]);
  });
});

describe('unit rules', () => {
  const started = (unitRule: string, more: object = {}) => {
    const world = new World().map({ since: '2026-11-01', unitRule, ...more }).count('2026-11-01', 10);
    world.run();
    return world;
  };

  test('prorate-daily adds and drops from the day: 4 × 12.50 × 15/30, −4 × 12.50 × 6/30', () => {
    const world = started('prorate-daily');
    world.count('2026-11-16', 14).run();
    world.count('2026-11-25', 10).run();
    expect(world.items()).toEqual([
      'pending period 2026-11-01 datto-rmm 10 125.00',
      'pending adjustment 2026-11-16 datto-rmm 4 25.00',
      'pending adjustment 2026-11-25 datto-rmm -4 -10.00',
    ]);
  });

  test('next-period waits for the first day of the next period', () => {
    const world = started('next-period');
    expect(world.count('2026-11-16', 14).run().lines[0]).toMatchObject({
      action: 'change',
      oldUnits: 10,
      newUnits: 14,
      effectiveDate: '2026-12-01',
      amount: '50.00',
    });
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 10 125.00']);
    world.count('2026-12-01', 14).run();
    expect(world.items()).toContain('pending period 2026-12-01 datto-rmm 14 175.00');
  });

  test('next-period: the newest count alone decides what comes', () => {
    const world = started('next-period');
    world.count('2026-11-16', 14).run();
    expect(world.count('2026-11-20', 10).run().lines[0]).toMatchObject({ action: 'change', newUnits: 10 });
    world.count('2026-12-01', 10).run();
    expect(world.items()).toContain('pending period 2026-12-01 datto-rmm 10 125.00');
  });

  test('a count on a period’s first day belongs to that period under every rule', () => {
    for (const unitRule of ['prorate-daily', 'next-period', 'peak']) {
      const world = started(unitRule);
      world.count('2026-12-01', 8).run();
      expect(world.items()).toContain('pending period 2026-12-01 datto-rmm 8 100.00');
    }
  });

  test('dropRule treats drops apart from adds', () => {
    const world = started('prorate-daily', { dropRule: 'next-period' });
    world.count('2026-11-16', 8).run();
    world.count('2026-11-19', 11).run();
    expect(world.items()).toEqual([
      'pending period 2026-11-01 datto-rmm 10 125.00',
      'pending adjustment 2026-11-19 datto-rmm 1 5.00',
    ]);
  });
});

describe('periods', () => {
  test('units in force carry into the next one, also when its first day could not be counted', () => {
    const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    failed(world).day('2026-12-02').run();
    expect(world.items()).toContain('pending period 2026-12-01 datto-rmm 10 125.00');
  });

  test('missed months are made up for', () => {
    const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 1);
    world.run();
    world.day('2027-02-03').run();
    expect(world.items().map((item) => item.split(' ')[2])).toEqual([
      '2026-11-01',
      '2026-12-01',
      '2027-01-01',
      '2027-02-01',
    ]);
  });

  test('a contract from the 31st clamps to the month’s end and finds the 31st again', () => {
    const world = new World({ startDate: '2026-01-31' }).map({ since: '2026-01-31' }).count('2026-01-31', 1);
    world.run();
    world.day('2026-05-31').run();
    expect(world.items().map((item) => item.split(' ')[2])).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ]);
  });

  test('the last period is cut at the contract’s end: 10 × 12.50 × 10/30', () => {
    const world = new World({ endDate: '2026-11-10' }).map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 10 41.6667']);
    expect(world.day('2026-11-11').plan().lines[0]).toMatchObject({
      action: 'blocked',
      reason: { code: 'contract-ended' },
    });
  });

  test('a contract shortened afterwards loses what was pending beyond its end', () => {
    const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    world.day('2026-12-02').run();
    const contracts = world.input.contracts.map((contract) => ({
      ...contract,
      endDate: '2026-11-15' as never,
    }));
    world.set({ contracts }).run();
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 10 62.50']);
  });

  test('a price change applies to periods begun after it was read', () => {
    const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    const contractServices = world.input.contractServices.map((service) =>
      service.id === 's1'
        ? {
            ...service,
            unitPrice: '20.00' as never,
            pastPrices: [{ unitPrice: '12.50' as never, replacedOn: '2026-11-20' as never }],
          }
        : service,
    );
    world.set({ contractServices }).count('2026-12-01', 10).run();
    expect(world.items()).toEqual([
      'pending period 2026-11-01 datto-rmm 10 125.00',
      'pending period 2026-12-01 datto-rmm 10 200.00',
    ]);
  });
});

test('the plan’s id tells the same plan from another', () => {
  const world = new World().map({ since: '2026-11-10' }).count('2026-11-10', 10);
  expect(world.plan().id).toBe(world.plan().id);
  const before = world.plan().id;
  expect(world.count('2026-11-10', 11).plan().id).not.toBe(before);
});
