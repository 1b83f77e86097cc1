import { describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import type { IsoInstant } from '../../src/domain/calendar.ts';
import { LineDecisions } from '../../src/domain/line-decision.ts';
import { DEFAULT_HOLD_LIMITS } from '../../src/domain/settings.ts';
import { World } from './world.ts';

const BY = { by: SYSTEM, at: '2026-11-23T08:00:00.000Z' as IsoInstant };

test('a mapping made anew from the period start holds from there, whatever changed in the period before', () => {
  const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 10);
  world.run();
  world.count('2026-11-16', 14).run();
  world.ignore().day('2026-11-20').run();
  world.map({ since: '2026-11-25' }).count('2026-11-25', 12).run();
  expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 12 150.00']);
});

test('back on the service it came from: no unit twice', () => {
  const world = new World().map({ since: '2026-11-01' }).count('2026-11-01', 5);
  world.run();
  world.map({ since: '2026-11-10', service: 's2', from: 'today' }).count('2026-11-10', 5).run();
  world.map({ since: '2026-11-15', service: 's1' }).count('2026-11-15', 5).run();
  expect(world.items()).toEqual(['pending period 2026-11-01 datto-rmm 5 62.50']);
});

test('peak begun today never bills days before its mapping', () => {
  const world = new World()
    .map({ since: '2026-11-10', from: 'today', unitRule: 'peak' })
    .count('2026-11-10', 10);
  world.run();
  world.count('2026-11-20', 14).run();
  expect(world.items()).toEqual(['pending adjustment 2026-11-10 datto-rmm 14 122.50']);
});

test('nothing is billed after a contract’s end for whom nothing is mapped', () => {
  const world = new World({ endDate: '2026-11-10' }).map({ since: '2026-11-05', minimum: 3 });
  world.set({ organizationMappings: [] }).count('2026-11-05', 2).run();
  world.count('2026-11-12', 2).run();
  expect(world.items()).toEqual([]);
});

describe('holds', () => {
  const held = (quantity: number) => {
    const world = new World().set({ holdLimits: DEFAULT_HOLD_LIMITS }).map({ since: '2026-11-01' });
    for (let day = 1; day <= 22; day++) world.count(`2026-11-${String(day).padStart(2, '0')}`, 12).run();
    world.count('2026-11-23', quantity).run();
    return world;
  };
  const decide = (world: World, decisions: object) =>
    world.set({
      lineDecisions: [LineDecisions.parse({ id: world.input.serviceMappings[0]?.id, ...decisions })],
    });

  test('excluded units decide a held zero too', () => {
    const world = held(0);
    decide(world, {
      exclusions: [{ from: '2026-11-23', until: '2026-11-30', units: 3, reason: 'loan', ...BY }],
    });
    expect(world.run().lines[0]?.action).toBe('change');
  });

  test('a first count that is counted again on its day is still a first count', () => {
    const world = new World().set({ holdLimits: DEFAULT_HOLD_LIMITS });
    for (let day = 1; day <= 9; day++) world.count(`2026-11-0${day}`, 12);
    world.map({ since: '2026-11-10' }).count('2026-11-10', 12).run();
    world.recount('2026-11-10', 30);
    expect(world.run().lines[0]).toMatchObject({ action: 'change', newUnits: 30 });
  });
});

test('adoption takes over what was in force, not what came later', () => {
  const world = new World({ units: 1 }).count('2026-11-10', 10);
  world.run();
  world.day('2026-12-05').set({
    contractServices: world.input.contractServices.map((s) =>
      s.id === 's1' ? { ...s, units: 6, readOn: '2026-12-05' as never } : s,
    ),
  });
  world.run();
  world.map({ since: '2026-11-10' }).count('2026-12-06', 10).run();
  expect(world.items()).toEqual([
    'pending period 2026-11-01 datto-rmm 10 125.00',
    'pending period 2026-12-01 datto-rmm 10 125.00',
  ]);
});
