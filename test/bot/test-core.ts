import { localPsa } from '../../src/adapters/psa-local/local-psa.ts';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import { dateIn } from '../../src/domain/calendar.ts';
import type { Core } from '../../src/usecases/core.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';

/** An empty core on a store in memory, on the morning of 10 November 2026. */
export async function testCore(log: Core['log']): Promise<Core> {
  const now = () => Temporal.Instant.from('2026-11-10T08:00:00Z');
  let ids = 0;
  return {
    store: await memoryStore().for('default'),
    psa: localPsa(),
    sources: new Map(),
    notifier: { syncFinished: async () => {} },
    clock: { now, today: () => dateIn(now(), 'Etc/UTC'), timeZone: 'Etc/UTC' },
    newId: (prefix) => `${prefix}_${++ids}`,
    syncQueue: new SyncQueue(),
    log,
  };
}
