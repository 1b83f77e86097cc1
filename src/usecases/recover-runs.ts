import { isoInstant } from '../domain/calendar.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import { brokenOff } from './broken-off.ts';
import type { Core } from './core.ts';
import { listSyncs } from './list-syncs.ts';
import { enqueueRun, tellOf } from './start-sync.ts';

/** No more runs than this begin within the day that is looked back on. */
const LOOK_BACK = 200;

/**
 * Takes up what a stopped process left behind, so that the end is that of no stop. A run of today goes on where it was
 * cut off, and its summary is edited; one of an earlier day is over, since that day's counts can no longer be had: the
 * missed night is made up for. A summary that was never begun is posted. Returns once everything is in the queue.
 */
export async function recoverRuns(core: Core): Promise<void> {
  const today = core.clock.today();
  const runs = (await listSyncs(core, { limit: LOOK_BACK })).filter(
    (run) => core.syncQueue.live(run.id) === undefined,
  );
  const left = runs.filter((run) => run.state === 'running');
  const goOn = left.filter((run) => run.date === today && !run.dryRun);
  const at = isoInstant(core.clock.now());
  const closed = left
    .filter((run) => !goOn.includes(run))
    .map((run) => brokenOff(run, `icb was stopped during this sync. ${WHAT_NOW(run)}`, at));
  if (closed.length > 0) await core.store.commit({ put: { syncRuns: closed } });
  for (const run of goOn.toReversed()) {
    const resumed = { ...run, resumed: (run.resumed ?? 0) + 1 };
    core.log.info({ run: run.id, resumed: resumed.resumed }, 'a sync that was cut off goes on');
    void enqueueRun(core, resumed);
  }
  const [newest] = runs;
  if (newest && newest.state !== 'running' && newest.date === today && newest.summary?.ts === undefined)
    void core.syncQueue.partOf(newest, () => tellOf(core)(newest));
}

const WHAT_NOW = (run: SyncRun): string =>
  run.planId === undefined
    ? 'Nothing of it was half-applied. Start it again.'
    : 'What it had counted by then is applied; modules that had failed were not tried again.';

/**
 * Whether a night came due that no run has made up for. A first icb has missed nothing.
 */
export async function nightWasMissed(core: Core, lastDue: Temporal.Instant | undefined): Promise<boolean> {
  if (!lastDue) return false;
  const runs = await listSyncs(core, { limit: LOOK_BACK });
  const since = isoInstant(lastDue);
  return runs.length > 0 && !runs.some((run) => run.startedAt >= since && coversANight(core, run));
}

/** A run that planned for everything, and not only rehearsed; or one under way that will. */
export const coversANight = (core: Core, { id, dryRun, scope, planId }: SyncRun): boolean =>
  !dryRun &&
  scope.module === undefined &&
  scope.organization === undefined &&
  (planId !== undefined || core.syncQueue.live(id) !== undefined);
