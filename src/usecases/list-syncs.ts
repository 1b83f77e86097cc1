import type { SyncRun } from '../domain/sync-run.ts';
import type { Core } from './core.ts';

/** Sync runs, newest first, running ones included. */
export async function listSyncs(
  core: Core,
  { limit = 50 }: { readonly limit?: number } = {},
): Promise<SyncRun[]> {
  const snapshot = await core.store.snapshot();
  const runs = new Map<string, SyncRun>();
  for (const month of (await snapshot.partitions('syncRuns')).toReversed()) {
    for (const run of await snapshot.list('syncRuns', { from: month, to: month })) runs.set(run.id, run);
    if (runs.size >= limit) break;
  }
  for (const run of core.syncQueue.all()) runs.set(run.id, run);
  return [...runs.values()].sort((a, b) => (a.startedAt > b.startedAt ? -1 : 1)).slice(0, limit);
}
