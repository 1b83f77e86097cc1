import type { IsoInstant } from '../domain/calendar.ts';
import type { ModuleOutcome, SyncRun } from '../domain/sync-run.ts';

/** A run that ended before it could do everything. What it had applied by then stays, and counts as done. */
export function brokenOff(run: SyncRun, problem: string, at: IsoInstant): SyncRun {
  const ended = over(
    {
      ...run,
      modules: run.modules.map((module) =>
        module.state === 'running'
          ? { ...module, state: 'failed', problem: 'The sync stopped before the module was counted.' }
          : module,
      ),
    },
    at,
  );
  return { ...ended, state: run.planId === undefined ? 'failed' : ended.state, problem };
}

/** The run at its end: nothing is tried again. */
export const over = (run: SyncRun, at: IsoInstant): SyncRun => ({
  ...run,
  state: stateOf(run.modules),
  finishedAt: at,
  modules: run.modules.map(({ retryAt: _, ...module }) => module),
});

/** `done`: every module asked was counted, also when none was asked; `partial`: some; `failed`: none. */
export function stateOf(modules: readonly ModuleOutcome[]): SyncRun['state'] {
  const done = modules.filter((module) => module.state === 'done').length;
  if (done === modules.length) return 'done';
  return done > 0 ? 'partial' : 'failed';
}
