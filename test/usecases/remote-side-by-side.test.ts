import { beforeEach, describe, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import type { Changes } from '../../src/ports/store.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADA, RMM } from './office.ts';
import { RemoteOffice } from './remote-office.ts';

const DISK_FULL = new IcbError('store-damaged', 'Cannot write: the disk is full (ENOSPC).');

/** A first sync whose module has made two requests and is still being counted. */
class FirstSync {
  readonly world: RemoteOffice;
  readonly stored: string[] = [];
  refuse: (changes: Changes) => boolean = () => false;
  id: SyncRun['id'] | undefined;
  finished: Promise<SyncRun> | undefined;
  readonly #counting = Promise.withResolvers<void>();

  private constructor(world: RemoteOffice) {
    this.world = world;
  }

  static async begin(refuse?: FirstSync['refuse']): Promise<FirstSync> {
    const sync = new FirstSync(await RemoteOffice.empty({ s1: 10 }));
    if (refuse) sync.refuse = refuse;
    const { world } = sync;
    await enableModule(world.core, { module: RMM, by: ADA });
    const { store } = world.core;
    world.core = world.started({
      sources: new Map([[RMM, { module: RMM, count: (options) => sync.#count(options.onRequest) }]]),
      store: {
        snapshot: () => store.snapshot(),
        commit: async (changes, options) => {
          if (sync.refuse(changes)) throw DISK_FULL;
          const revision = await store.commit(changes, options);
          for (const [kind, records] of Object.entries(changes.put ?? {}))
            if (records.length > 0) sync.stored.push(kind);
          return revision;
        },
      },
    });
    const { id, finished } = await startSync(world.core, { trigger: 'night', by: ADA });
    sync.id = id;
    sync.finished = finished;
    return sync;
  }

  async #count(onRequest?: () => void) {
    onRequest?.();
    onRequest?.();
    await this.#counting.promise;
    return { organizations: [], counts: [], devices: [] };
  }

  live(): SyncRun | undefined {
    const { core } = this.world;
    return this.id && core.syncQueue.live(this.id);
  }

  counted(): Promise<SyncRun> {
    this.#counting.resolve();
    return this.finished ?? Promise.reject(new Error('it was not begun'));
  }
}

/** As long as something is still to be done that no module is waited for. */
async function settled(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !isSo(); turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('a PSA that is read while modules are counted', () => {
  let sync: FirstSync;
  beforeEach(async () => {
    sync = await FirstSync.begin();
  });

  test('is stored while they are, and takes nothing from what is shown of them', async () => {
    await settled(() => sync.stored.includes('psaUnits'));
    expect(sync.stored).toEqual(expect.arrayContaining(['organizations', 'contracts', 'psaUnits']));
    expect(sync.live()).toMatchObject({
      psa: { read: { contracts: expect.any(Number) } },
      modules: [{ id: 'datto-rmm', state: 'running', requests: 2 }],
    });
    expect(await sync.counted()).toMatchObject({ state: 'done', modules: [{ state: 'done', requests: 2 }] });
  });

  test('is stored without what only counting can say: a crash then counts anew', async () => {
    await settled(() => sync.stored.includes('psaUnits'));
    const stored = await (await sync.world.core.store.snapshot()).get('syncRuns', sync.id ?? '');
    expect(stored).toMatchObject({ state: 'running', modules: [{ state: 'running', requests: 0 }] });
    await sync.counted();
  });
});

test('a disk that is full meanwhile ends the run once nothing of it is under way any more', async () => {
  const sync = await FirstSync.begin(({ put }) => (put?.organizations ?? []).length > 0);
  let over: SyncRun | undefined;
  void sync.finished?.then((run) => {
    over = run;
  });
  await settled(() => over !== undefined);
  expect(over).toBeUndefined();
  const run = await sync.counted();
  expect(run).toMatchObject({ state: 'failed', problem: expect.stringContaining('reference') });
  expect(sync.live()).toBeUndefined();
  const core: Core = sync.world.core;
  expect(await (await core.store.snapshot()).get('syncRuns', run.id)).toMatchObject({ state: 'failed' });
});
