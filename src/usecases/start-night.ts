import { SYSTEM } from '../domain/actor.ts';
import { type IsoDate, isoInstant } from '../domain/calendar.ts';
import type { SyncRunId } from '../domain/ids.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { enabledModules, enqueueRun, newRun } from './start-sync.ts';

export interface Night {
  /** The moment at which it was due. */
  readonly due: Temporal.Instant;
  readonly trigger: 'night' | 'catch-up';
  /** Business days of nights that were missed before a catch-up run. */
  readonly missedNights?: readonly IsoDate[];
}

/**
 * Starts the run of a night. The moment at which it is due names the run, and putting the run's record into the store is
 * what claims it: of all processes that share the store one has it, whenever their clocks strike.
 * @returns undefined when the night is taken; a catch-up also takes one whose runs ended without a plan
 */
export async function startNight(
  core: Core,
  { due, trigger, missedNights }: Night,
): Promise<{ readonly id: SyncRunId; readonly finished: Promise<SyncRun> } | undefined> {
  if (core.syncQueue.stopped) return undefined;
  const modules = await enabledModules(core);
  const run = await commit(core, SYSTEM, async (snapshot) => {
    for (let nth = 1; ; nth++) {
      const id = nightRunId(due, nth);
      const known = await snapshot.get('syncRuns', id);
      if (!known) {
        const claimed = newRun(core, { trigger, by: SYSTEM, missedNights }, { modules, scope: {}, id });
        return { changes: { put: { syncRuns: [claimed] } }, result: claimed };
      }
      if (trigger === 'night' || known.state === 'running' || known.planId !== undefined)
        return { changes: {}, result: undefined };
    }
  });
  return run && { id: run.id, finished: enqueueRun(core, run) };
}

/** `run_night-20261127T011500Z`; with `-2` where the first ended without a plan. */
const nightRunId = (due: Temporal.Instant, nth: number): string =>
  `run_night-${isoInstant(due).replace(/[-:]|\.\d+/g, '')}${nth > 1 ? `-${nth}` : ''}`;
