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

describe('posted items', () => {
  test('never change: a later change becomes an adjustment that corrects, 6 × 12.50 × 6/30 = 15.00', () => {
    const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    world.post().count('2026-11-25', 16).run();
    expect(world.items()).toEqual([
      'posted period 2026-11-01 datto-rmm 10 125.00',
      'pending adjustment 2026-11-25 datto-rmm 6 15.00 corrects',
    ]);
  });

  test('a recount of the first day corrects the whole period', () => {
    const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    world.post().count('2026-11-01', 8).run();
    expect(world.items()).toContain('pending adjustment 2026-11-01 datto-rmm -2 -25.00 corrects');
    world.run();
    expect(world.items()).toHaveLength(2);
  });
});

describe('units the PSA held before', () => {
  test('are billed with no module until mapped', () => {
    const world = new World({ units: 8 });
    world.run();
    expect(world.items()).toEqual(['pending period 2026-11-01 - 8 100.00']);
  });

  test('are adopted by a mapping from the period start: only the difference is adjusted', () => {
    const world = new World({ units: 8 });
    world.run();
    const plan = world.map({ since: '2026-11-10' }).count('2026-11-10', 10).run();
    expect(plan.lines[0]).toMatchObject({ action: 'change', oldUnits: 8, newUnits: 10, amount: '25.00' });
    expect(plan.lines[0]?.reason.text).toContain('8 units were on the service before it was mapped');
    expect(plan.adjustments).toEqual([
      { contractId: 'c1', contractServiceId: 's1', effectiveDate: '2026-11-01', change: 2 },
    ]);
    expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 10 125.00']);
    expect(world.run().lines[0]).toMatchObject({ action: 'none' });
  });

  test('are adopted by a mapping from today: this period keeps them, the next one bills the module', () => {
    const world = new World({ units: 8 });
    world.run();
    world.map({ since: '2026-11-16', from: 'today' }).count('2026-11-16', 10).run();
    world.count('2026-11-22', 9).run();
    world.count('2026-12-01', 9).run();
    expect(world.items()).toEqual([
      'pending period 2026-11-01 - 8 100.00',
      'pending adjustment 2026-11-16 datto-rmm 2 12.50',
      'pending adjustment 2026-11-22 datto-rmm -1 -3.75',
      'pending period 2026-12-01 datto-rmm 9 112.50',
    ]);
  });

  test('posted before the mapping stay posted: the difference corrects them', () => {
    const world = new World({ units: 8 });
    world.run();
    world.post().map({ since: '2026-11-16' }).count('2026-11-16', 10).run();
    expect(world.items()).toEqual(
      [
        'posted period 2026-11-01 - 8 100.00',
        'pending adjustment 2026-11-01 datto-rmm 2 25.00 corrects',
      ].toSorted(() => 0),
    );
    world.count('2026-12-01', 10).run();
    expect(world.items()).toContain('pending period 2026-12-01 datto-rmm 10 125.00');
    expect(world.items()).toHaveLength(3);
  });
});

describe('what never changes units by itself', () => {
  const started = () => {
    const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    return world;
  };
  const cases: [string, (world: World) => World, string, string][] = [
    ['a failed module', failed, 'none', 'count-unknown'],
    ['ignoring the billing type', (world) => world.ignore(), 'blocked', 'mapping-ignored'],
    [
      'unmapping the organization',
      (world) => world.set({ organizationMappings: [] }),
      'blocked',
      'no-module-organization',
    ],
    [
      'disabling the module',
      (world) =>
        world.set({ moduleStates: world.input.moduleStates.map((state) => ({ ...state, enabled: false })) }),
      'blocked',
      'module-disabled',
    ],
    [
      'an inactive contract',
      (world) =>
        world.set({
          contracts: world.input.contracts.map((contract) => ({ ...contract, status: 'inactive' })),
        }),
      'blocked',
      'contract-inactive',
    ],
  ];
  test.each(cases)('%s', (_name, change, action, code) => {
    const world = change(started().count('2026-11-20', 3));
    expect(world.run().lines).toMatchObject([{ action, oldUnits: 10, newUnits: 10, reason: { code } }]);
    world.day('2026-12-01').run();
    expect(world.items()).toContain('pending period 2026-12-01 datto-rmm 10 125.00');
  });
});

test('a billing type moved to another service takes its units along', () => {
  const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 10);
  world.run();
  world.map({ since: '2026-11-16', service: 's2' }).count('2026-11-16', 10).run();
  expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 10 400.00']);
  expect(world.run().lines).toMatchObject([{ action: 'none' }]);
});

test('the MSP’s own organization is never billed', () => {
  const world = new World({ units: 8 });
  const own = { organizationId: '0' as never };
  world.set({ contracts: world.input.contracts.map((contract) => ({ ...contract, ...own })) }).run();
  expect(world.items()).toEqual([]);
});

describe('a contract whose cut last period is posted, and that goes on after all', () => {
  const until = (world: World, endDate: string | null) =>
    world.set({
      contracts: world.input.contracts.map((contract) => ({ ...contract, endDate: endDate as never })),
    });
  const posted = () => {
    const world = new World({ endDate: '2026-11-10' }).map({ since: '2026-11-01' }).count('2026-11-01', 10);
    world.run();
    return world.post();
  };

  test('owes the days that were cut off: 10 × 12.50 × 20/30 from the 11th', () => {
    const world = until(posted(), null).day('2026-11-09');
    world.run();
    expect(world.items()).toEqual([
      'posted period 2026-11-01 datto-rmm 10 41.67',
      'pending adjustment 2026-11-11 datto-rmm 10 83.3333 corrects',
    ]);
    expect(world.run().items).toEqual({ put: [], remove: [] });
    world.post().count('2026-11-21', 13).run();
    expect(world.items()).toEqual([
      'posted period 2026-11-01 datto-rmm 10 41.67',
      'posted adjustment 2026-11-11 datto-rmm 10 83.33 corrects',
      'pending adjustment 2026-11-21 datto-rmm 3 12.50 corrects',
    ]);
  });

  test('also when that is known months later; a second end takes pending days back', () => {
    const world = posted().day('2026-12-20');
    world.run();
    until(world, null).day('2027-01-05').run();
    expect(world.items()).toEqual([
      'posted period 2026-11-01 datto-rmm 10 41.67',
      'pending adjustment 2026-11-11 datto-rmm 10 83.3333 corrects',
      'pending period 2026-12-01 datto-rmm 10 125.00',
      'pending period 2027-01-01 datto-rmm 10 125.00',
    ]);
    until(world, '2026-11-20').run();
    expect(world.items()).toEqual([
      'posted period 2026-11-01 datto-rmm 10 41.67',
      'pending adjustment 2026-11-11 datto-rmm 10 41.6667 corrects',
    ]);
  });

  test('with a change on the very day after the cut: one adjustment', () => {
    const world = until(posted(), null).count('2026-11-11', 14);
    world.run();
    expect(world.items()).toEqual([
      'posted period 2026-11-01 datto-rmm 10 41.67',
      'pending adjustment 2026-11-11 datto-rmm 14 116.6667 corrects',
    ]);
  });
});
