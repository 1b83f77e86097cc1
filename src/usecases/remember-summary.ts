import { isoInstant } from '../domain/calendar.ts';
import type { SummaryPost, SyncRun } from '../domain/sync-run.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';

/** Where the summary of a run stands by its record; undefined when nobody has begun to post it. */
export async function summaryOf(core: Core, run: SyncRun): Promise<SummaryPost | undefined> {
  const snapshot = await core.store.snapshot();
  return (await snapshot.get('syncRuns', run.id, recordMonth(run)))?.summary;
}

/**
 * Keeps in the run's record where its summary stands: before it is posted, and again with its place, so that a restart
 * in between does not repeat it.
 */
export async function rememberSummary(
  core: Core,
  run: SyncRun,
  summary: Omit<SummaryPost, 'at'>,
): Promise<void> {
  await commit(core, run.by, async (snapshot) => {
    const recorded = await snapshot.get('syncRuns', run.id, recordMonth(run));
    if (!recorded) return { changes: {}, result: undefined };
    const at = recorded.summary?.at ?? isoInstant(core.clock.now());
    const after = { ...recorded, summary: { at, ...summary } };
    return { changes: { put: { syncRuns: [after] } }, result: undefined };
  });
}

/** The run with what its record says of its summary, which is written beside the run's own steps. */
export async function withSummary(snapshot: Snapshot, run: SyncRun): Promise<SyncRun> {
  const summary = (await snapshot.get('syncRuns', run.id, recordMonth(run)))?.summary;
  return summary ? { ...run, summary } : run;
}

const recordMonth = ({ startedAt }: SyncRun): string => startedAt.slice(0, 7);
