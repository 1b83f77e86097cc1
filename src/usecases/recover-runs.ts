import { type IsoInstant, isoInstant } from '../domain/calendar.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { Core } from './core.ts';
import { listSyncs } from './list-syncs.ts';

/** No more runs than this begin within the day that is looked back on. */
const LOOK_BACK = 200;

/** Runs that a stopped process left behind are over: nothing of them was half-applied. */
export async function recoverRuns(core: Core): Promise<void> {
  const left = (await listSyncs(core, { limit: LOOK_BACK })).filter(
    (run) => run.state === 'running' && core.syncQueue.live(run.id) === undefined,
  );
  if (left.length === 0) return;
  const problem = 'icb was stopped during this sync; nothing of it was half-applied. Start it again.';
  const at = isoInstant(core.clock.now());
  await core.store.commit({ put: { syncRuns: left.map((run) => brokenOff(run, problem, at)) } });
}

/** A run that ended before it could apply its plan. */
export const brokenOff = (run: SyncRun, problem: string, at: IsoInstant): SyncRun => ({
  ...run,
  state: 'failed',
  problem,
  finishedAt: at,
  modules: run.modules.map((module) =>
    module.state === 'running'
      ? { ...module, state: 'failed', problem: 'The sync stopped before the module was counted.' }
      : module,
  ),
});

/**
 * Whether a night came due that no run has made up for: one that planned for everything, and not only rehearsed. A first
 * icb has missed nothing.
 */
export async function nightWasMissed(core: Core, lastDue: Temporal.Instant | undefined): Promise<boolean> {
  if (!lastDue) return false;
  const runs = await listSyncs(core, { limit: LOOK_BACK });
  const since = isoInstant(lastDue);
  return runs.length > 0 && !runs.some((run) => run.startedAt >= since && coversANight(run));
}

const coversANight = ({ dryRun, scope, planId }: SyncRun): boolean =>
  !dryRun && scope.module === undefined && scope.organization === undefined && planId !== undefined;
