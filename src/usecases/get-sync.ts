import { IcbError } from '../domain/errors.ts';
import type { SyncRunId } from '../domain/ids.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { Core } from './core.ts';

/** A run by its id, live while it runs. Error: `not-found`. */
export async function getSync(core: Core, id: string): Promise<SyncRun> {
  const live = core.syncQueue.live(id as SyncRunId);
  const run = live ?? (await (await core.store.snapshot()).get('syncRuns', id));
  if (!run) throw new IcbError('not-found', `There is no sync run "${id}".`);
  return run;
}
