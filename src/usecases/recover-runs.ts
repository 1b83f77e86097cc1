import { isoInstant } from '../domain/calendar.ts';
import type { Core } from './core.ts';
import { listSyncs } from './list-syncs.ts';

/** Runs that a stopped process left behind are over: nothing of them was half-applied. */
export async function recoverRuns(core: Core): Promise<void> {
  const left = (await listSyncs(core, { limit: 50 })).filter(
    (run) => run.state === 'running' && core.syncQueue.live(run.id) === undefined,
  );
  if (left.length === 0) return;
  const over = left.map((run) => ({
    ...run,
    state: 'failed' as const,
    finishedAt: isoInstant(core.clock.now()),
    problem: 'icb was stopped during this sync; nothing of it was applied. Start it again.',
  }));
  await core.store.commit({ put: { syncRuns: over } });
}

/** Whether a night came due while icb was down. A first icb has missed nothing. */
export async function nightWasMissed(core: Core, lastDue: Temporal.Instant | undefined): Promise<boolean> {
  const [last] = await listSyncs(core, { limit: 1 });
  if (!last || !lastDue) return false;
  return Temporal.Instant.compare(Temporal.Instant.from(last.startedAt), lastDue) < 0;
}
