import { describe, expect, test } from 'vitest';
import type { UsageSource } from '../../src/ports/usage-source.ts';
import type { Core } from '../../src/usecases/core.ts';
import { recoverRuns } from '../../src/usecases/recover-runs.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';
import { ADA } from './office.ts';

import { down, ROCKET, twoModules } from './two-modules.ts';

describe('a crash after any step, then a restart', () => {
  const KINDS = ['billingItems', 'unitLedgers', 'usageReports', 'activity', 'moduleStates'] as const;

  /** One night in which a new device appears and RocketCyber fails once; the process dies after `steps` steps. */
  async function lived(steps: number) {
    const world = await twoModules(0);
    await world.night();
    world.office.day('2026-11-16').sites = { 'Daily Mail': { AllDevicesMetric: 15 } };
    let left = steps;
    const step = <T>(done: T): T => {
      if (--left < 0) throw new Error('the process died');
      return done;
    };
    const { store, psa } = world.core;
    const mortal: Core = {
      ...world.core,
      syncQueue: new SyncQueue(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      store: {
        snapshot: () => store.snapshot(),
        // Dies before or after the write: both are a step.
        commit: async (...args: Parameters<typeof store.commit>) => {
          step(undefined);
          return step(await store.commit(...args));
        },
      },
      psa: { ...psa, adjustUnits: async (adjustments) => step(await psa.adjustUnits(adjustments)) },
    };
    let asked = 0;
    const rocket = mortal.sources.get(ROCKET) as UsageSource;
    const sources = new Map(mortal.sources);
    sources.set(ROCKET, {
      module: ROCKET,
      count: async (options) => {
        if (++asked === 1) throw down;
        return rocket.count(options);
      },
    });
    const { id, finished } = await startSync({ ...mortal, sources }, { trigger: 'night', by: ADA });
    await finished;
    const died = left < 0;
    const restarted: Core = { ...world.core, sources, syncQueue: new SyncQueue() };
    const recorded = await (await store.snapshot()).get('syncRuns', id);
    await recoverRuns(restarted);
    await restarted.syncQueue.idle();
    if (!recorded) await (await startSync(restarted, { trigger: 'catch-up', by: ADA })).finished;
    const snapshot = await store.snapshot();
    const state = await Promise.all(KINDS.map((kind) => snapshot.list(kind)));
    return { died, state: withoutTimes(state), run: await snapshot.get('syncRuns', id) };
  }

  /** Ids of runs and instants differ between two lives; everything else may not. */
  const withoutTimes = (state: unknown): unknown =>
    JSON.parse(
      JSON.stringify(state)
        .replaceAll(/run_\d+/g, 'run')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then'),
    );

  test('gives the same items, units, counts and log as no crash', async () => {
    const whole = await lived(Number.POSITIVE_INFINITY);
    expect(whole.died).toBe(false);
    expect(whole.run).toMatchObject({ state: 'done', modules: [{ tries: 1 }, { tries: 2 }] });
    let crashes = 0;
    for (let steps = 0; ; steps++) {
      const life = await lived(steps);
      if (!life.died) break;
      crashes += 1;
      expect(life.state, `died at step ${steps}`).toEqual(whole.state);
    }
    expect(crashes).toBeGreaterThan(8);
  });

  test('counts that are stored are not asked for again', async () => {
    const world = await twoModules(0);
    const { store } = world.core;
    let commits = 0;
    const mortal: Core = {
      ...world.core,
      syncQueue: new SyncQueue(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      store: {
        snapshot: () => store.snapshot(),
        commit: async (...args: Parameters<typeof store.commit>) => {
          if (++commits > 2) throw new Error('the process died');
          return store.commit(...args);
        },
      },
    };
    await (await startSync(mortal, { trigger: 'night', by: ADA })).finished;
    expect([world.asked(), await world.office.items()]).toEqual([1, []]);
    const restarted: Core = { ...world.core, syncQueue: new SyncQueue() };
    await recoverRuns(restarted);
    await restarted.syncQueue.idle();
    expect([world.asked(), await world.office.items()]).toEqual([1, ['pending period 2026-11-01 14 175.00']]);
  });
});
