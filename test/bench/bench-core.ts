import { lowdbStore } from '../../src/adapters/store-lowdb/lowdb-store.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import type { Core } from '../../src/usecases/core.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';

/** icb on a store on disk, as it starts up; nobody is told anything. */
export async function benchCore(
  dir: string,
  given: Pick<Core, 'psa' | 'sources' | 'clock'> & Pick<Partial<Core>, 'wait'>,
): Promise<{ readonly core: Core; readonly notes: TenantStore; close(): Promise<void> }> {
  const store = await lowdbStore({ dir, purpose: 'bench' });
  let ids = 0;
  const core: Core = {
    ...given,
    store: await store.for('default'),
    notifier: { syncFinished: async () => {} },
    newId: (prefix) => `${prefix}_${Date.now().toString(36)}${ids++}`,
    syncQueue: new SyncQueue(),
    log: { info() {}, warn() {}, error: (facts, message) => console.error(message, facts) },
  };
  return {
    core,
    notes: await store.for('slack'),
    async close() {
      core.syncQueue.stop();
      await core.syncQueue.idle();
      await store.close();
    },
  };
}
