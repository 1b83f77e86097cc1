import { isoInstant } from '../domain/calendar.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import { brokenOff } from './broken-off.ts';
import type { Core } from './core.ts';
import { listSyncs } from './list-syncs.ts';
import { enqueueRun, tellOf } from './start-sync.ts';

/** No more runs than this begin within the day that is looked back on. */
const LOOK_BACK = 200;

/** Where processes share a store, another may still be posting the summary of a run that ended just now. */
const SETTLED_AFTER = { minutes: 2 };

/**
 * Takes up what a stopped process left behind, so that the end is that of no stop. A run of today goes on where it was
 * cut off, and its summary is edited; one of an earlier day is over, since that day's counts can no longer be had: the
 * missed night is made up for. A summary that was never begun is posted. Returns once everything is in the queue. Does
 * nothing while another process that shares the store has a run: then nothing is left behind, or not yet.
 */
export async function recoverRuns(core: Core): Promise<void> {
  const found = await core.syncQueue.ifAlone(() => leftBehind(core));
  if (!found) return;
  const { goOn, untold } = found.result;
  for (const run of goOn.toReversed()) {
    const resumed = { ...run, resumed: (run.resumed ?? 0) + 1 };
    core.log.info({ run: run.id, resumed: resumed.resumed }, 'a sync that was cut off goes on');
    void enqueueRun(core, resumed);
  }
  if (untold) void tellOf(core)(untold);
}

async function leftBehind(core: Core): Promise<{ goOn: SyncRun[]; untold: SyncRun | undefined }> {
  const today = core.clock.today();
  const now = core.clock.now();
  const runs = (await listSyncs(core, { limit: LOOK_BACK })).filter(
    (run) => core.syncQueue.live(run.id) === undefined,
  );
  const left = runs.filter((run) => run.state === 'running');
  const goOn = left.filter((run) => run.date === today && !run.dryRun);
  const closed = left
    .filter((run) => !goOn.includes(run))
    .map((run) => brokenOff(run, `icb was stopped during this sync. ${WHAT_NOW(run)}`, isoInstant(now)));
  if (closed.length > 0) await core.store.commit({ put: { syncRuns: closed } });
  const [newest] = runs;
  const settled = core.syncQueue.isShared ? isoInstant(now.subtract(SETTLED_AFTER)) : isoInstant(now);
  const isUntold =
    newest !== undefined &&
    newest.state !== 'running' &&
    newest.date === today &&
    newest.summary?.ts === undefined &&
    (newest.finishedAt ?? settled) <= settled;
  return { goOn, untold: isUntold ? newest : undefined };
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
