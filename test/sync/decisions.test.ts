import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../src/sync/plan-input.ts';
import { World } from './world.ts';

/** Ten units of Desktop Monitoring from 1 November. */
const started = (more: object = {}): World => {
  const world = new World().map({ since: '2026-11-01', ...more }).count('2026-11-01', 10);
  world.run();
  return world;
};

describe('a day counted again', () => {
  test('later than days after it still replaces what it did: 10, 14, 14 becomes 10, 12, 14', () => {
    const world = started();
    world.count('2026-11-16', 14).run();
    world.count('2026-11-22', 14).run();
    world.recount('2026-11-16', 12).run();
    expect(world.items()).toEqual([
      'pending period 2026-11-01 datto-rmm 10 125.00',
      'pending adjustment 2026-11-16 datto-rmm 2 12.50',
      'pending adjustment 2026-11-22 datto-rmm 2 7.50',
    ]);
  });

  test('to the figure of the day after it, moves the change back to its day', () => {
    const world = started();
    world.count('2026-11-16', 10).run();
    world.count('2026-11-22', 14).run();
    world.recount('2026-11-16', 14).run();
    expect(world.items()).toEqual([
      'pending period 2026-11-01 datto-rmm 10 125.00',
      'pending adjustment 2026-11-16 datto-rmm 4 25.00',
    ]);
  });

  test('the first day again replaces the first count', () => {
    const world = started();
    world.count('2026-11-16', 14).run();
    world.recount('2026-11-01', 12).run();
    expect(world.items()).toEqual([
      'pending period 2026-11-01 datto-rmm 12 150.00',
      'pending adjustment 2026-11-16 datto-rmm 2 12.50',
    ]);
  });
});

describe('what people decide holds from the day it is seen', () => {
  test('another site mapped on the 20th counts from the 20th, not from the last count', () => {
    const world = started();
    world.count('2026-11-19', 10, { 'site-2': 5 }).run();
    world.mapSite('site-2').day('2026-11-20');
    expect(world.plan().lines).toMatchObject([{ newUnits: 15, effectiveDate: '2026-11-20' }]);
    world.count('2026-11-20', 10, { 'site-2': 5 }).run();
    expect(world.items()).toContain('pending adjustment 2026-11-20 datto-rmm 5 22.9167');
    expect(world.run().lines).toMatchObject([{ action: 'none' }]);
  });

  test('a minimum set on the 16th raises units from the 16th', () => {
    const world = started();
    world.map({ since: '2026-11-01', minimum: 14 }).day('2026-11-16').run();
    expect(world.items()).toContain('pending adjustment 2026-11-16 datto-rmm 4 25.00');
    world.count('2026-11-16', 9).run();
    expect(world.items()).toHaveLength(2);
  });

  test('counts that came while nothing was mapped are not made up for', () => {
    const world = started();
    const { organizationMappings } = world.input;
    world.set({ organizationMappings: [] }).count('2026-11-10', 20).run();
    world.count('2026-11-15', 30).run();
    world.set({ organizationMappings }).day('2026-11-16');
    expect(world.run().lines).toMatchObject([
      { action: 'change', newUnits: 30, effectiveDate: '2026-11-16' },
    ]);
    expect(world.items()).toEqual([
      'pending period 2026-11-01 datto-rmm 10 125.00',
      'pending adjustment 2026-11-16 datto-rmm 20 125.00',
    ]);
  });

  test('a promise for the next period keeps its date when nothing changes', () => {
    const world = started({ unitRule: 'next-period' });
    world.count('2026-11-16', 14).run();
    expect(world.day('2026-11-20').run()).toMatchObject({ ledgers: [], lines: [{ action: 'none' }] });
  });
});

describe('a first count of zero', () => {
  test('begins the mapping: a later count is a change of its day', () => {
    const world = new World().map({ since: '2026-11-10' }).count('2026-11-10', 0);
    world.run();
    world.set({ usageReports: [] }).count('2026-11-16', 5);
    expect(world.run().lines).toMatchObject([{ action: 'create', effectiveDate: '2026-11-16' }]);
    expect(world.items()).toEqual(['pending adjustment 2026-11-16 datto-rmm 5 31.25']);
  });
});

describe('a billing type moved to another service', () => {
  test('from today: the old service is credited, the new one billed for the rest', () => {
    const world = started();
    world.map({ since: '2026-11-16', service: 's2', from: 'today' }).count('2026-11-16', 10);
    const plan = world.run();
    expect(plan.lines).toMatchObject([
      { action: 'create', contractServiceId: 's2', reason: { code: 'mapping-moved' } },
    ]);
    expect(plan.adjustments.map(({ contractServiceId, change }) => [contractServiceId, change])).toEqual(
      expect.arrayContaining([
        ['s1', -10],
        ['s2', 10],
      ]),
    );
    expect(world.items().toSorted()).toEqual([
      'pending adjustment 2026-11-16 datto-rmm -10 -62.50',
      'pending adjustment 2026-11-16 datto-rmm 10 200.00',
      'pending period 2026-11-01 datto-rmm 10 125.00',
    ]);
  });

  test('takes what was promised along: nothing comes back on the old service', () => {
    const world = new World().map({ since: '2026-11-01', unitRule: 'next-period' }).count('2026-11-01', 0);
    world.run();
    world.count('2026-11-10', 4).run();
    world.map({ since: '2026-11-16', service: 's2', unitRule: 'next-period' }).count('2026-11-16', 4).run();
    world.count('2026-12-01', 4).run();
    expect(world.items().filter((item) => item.includes('2026-12-01'))).toEqual([
      'pending period 2026-12-01 datto-rmm 4 160.00',
    ]);
  });

  test('leaves adopted units where they are billed until the period ends, and credits them', () => {
    const world = new World({ units: 8 });
    world.run();
    world.map({ since: '2026-11-10', from: 'today' }).count('2026-11-10', 10).run();
    world.map({ since: '2026-11-16', from: 'today', service: 's2' }).count('2026-11-16', 10).run();
    world.count('2026-12-01', 10).run();
    expect(world.items().toSorted()).toEqual([
      'pending adjustment 2026-11-10 datto-rmm 2 17.50',
      'pending adjustment 2026-11-16 datto-rmm -10 -62.50',
      'pending adjustment 2026-11-16 datto-rmm 10 200.00',
      'pending period 2026-11-01 - 8 100.00',
      'pending period 2026-12-01 datto-rmm 10 400.00',
    ]);
  });

  test('and back again bills as before', () => {
    const world = started();
    world.map({ since: '2026-11-10', service: 's2' }).count('2026-11-10', 10).run();
    world.map({ since: '2026-11-20' }).count('2026-11-20', 10).run();
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 10 125.00']);
  });
});

describe('units the PSA holds', () => {
  const withUnits = (world: World, units: number, readOn: string): World => {
    const contractServices = world.input.contractServices.map((service) =>
      service.id === 's1' ? { ...service, units, readOn: readOn as never } : service,
    );
    return world.set({ contractServices } satisfies Partial<PlanInput>);
  };

  test('read after a mapping feeds the service are not billed on top', () => {
    const world = withUnits(started(), 10, '2026-11-20').day('2026-11-20');
    world.run();
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 10 125.00']);
  });

  test('corrected before any mapping are corrected from the period of the reading', () => {
    const world = new World({ units: 8 });
    world.run();
    world.post();
    withUnits(world, 6, '2026-12-10').day('2026-12-10').run();
    expect(world.items()).toEqual([
      'posted period 2026-11-01 - 8 100.00',
      'pending period 2026-12-01 - 6 75.00',
    ]);
  });

  test('are not adopted twice when the contract ends with this period', () => {
    const world = new World({ units: 8, endDate: '2026-11-20' });
    world.run();
    world.map({ since: '2026-11-11', from: 'today' }).count('2026-11-11', 10);
    expect(world.run().lines).toMatchObject([{ oldUnits: 8, newUnits: 10 }]);
    expect(world.items()).toEqual([
      'pending period 2026-11-01 - 8 66.6667',
      'pending adjustment 2026-11-11 datto-rmm 2 8.3333',
    ]);
  });
});

describe('a contract that ends', () => {
  test('still takes the counts of its last days when they come late', () => {
    const world = new World({ endDate: '2026-11-20' }).map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    world.count('2026-11-16', 13).count('2026-11-21', 99);
    expect(world.run().lines).toMatchObject([{ action: 'change', newUnits: 13 }]);
    expect(world.items()).toContain('pending adjustment 2026-11-16 datto-rmm 3 6.25');
    expect(world.run().lines).toMatchObject([{ action: 'blocked', reason: { code: 'contract-ended' } }]);
  });

  test('and is extended late catches up with each day’s own date', () => {
    const world = new World({ endDate: '2026-11-20' }).map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    world.count('2026-11-25', 16).run();
    world.set({ contracts: world.input.contracts.map((contract) => ({ ...contract, endDate: null })) });
    world.day('2026-11-28').run();
    expect(world.items()).toEqual([
      'pending period 2026-11-01 datto-rmm 10 125.00',
      'pending adjustment 2026-11-25 datto-rmm 6 15.00',
    ]);
  });
});

describe('an item whose posting was taken back', () => {
  test('is a period item again, also when a correction of it stays posted', () => {
    const world = started();
    world.post().recount('2026-11-01', 8).run();
    world.post();
    const unposted = world.input.billingItems.map((item) =>
      item.kind === 'period' ? { ...item, status: 'pending' as const } : item,
    );
    world.set({ billingItems: unposted }).run();
    expect(world.items().toSorted()).toEqual([
      'pending period 2026-11-01 datto-rmm 10 125.00',
      'posted adjustment 2026-11-01 datto-rmm -2 -25.00 corrects',
    ]);
  });
});

test('periods whose items are not in the input are left alone', () => {
  const world = started();
  world.post().set({ billingItems: [], itemsFrom: '2026-12-01' as never });
  world.recount('2026-11-01', 12).day('2026-12-05').run();
  expect(world.items()).toEqual(['pending period 2026-12-01 datto-rmm 12 150.00']);
});

test('units of a contract that begins later are billed from its first day', () => {
  const world = new World({ startDate: '2026-11-20', units: 8, readOn: '2026-11-10' }).day('2026-11-10');
  world.run();
  expect(world.items()).toEqual([]);
  world.day('2026-11-21').run();
  expect(world.items()).toEqual(['pending period 2026-11-20 - 8 100.00']);
});
