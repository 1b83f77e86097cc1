import { isoInstant } from '../domain/calendar.ts';
import type { ModuleOutcome, SyncRun } from '../domain/sync-run.ts';
import type { Core } from './core.ts';

const MINUTE_MS = 60_000;

/** At night, when nobody waits, a failed module is asked three times within half an hour. */
const WAITS_MS = [10 * MINUTE_MS, 20 * MINUTE_MS] as const;

export interface Retry {
  readonly at: Temporal.Instant;
  /** Milliseconds from now, 0 when it is due. */
  inMs(now: Temporal.Instant): number;
}

/** When the run's failed modules are asked again; undefined when nothing failed or they have had their tries. */
export function retryOf(core: Core, run: SyncRun): Retry | undefined {
  const atNight = run.trigger === 'night' || run.trigger === 'catch-up';
  const failed = run.modules.filter((module) => mayAskAgain(core, module));
  if (!core.wait || !atNight || failed.length === 0) return undefined;
  const tries = Math.max(...failed.map((module) => module.tries ?? 1));
  const promised = failed.flatMap(({ retryAt }) => (retryAt ? [Temporal.Instant.from(retryAt)] : []))[0];
  const at = promised ?? core.clock.now().add({ milliseconds: WAITS_MS[tries - 1] ?? 0 });
  return { at, inMs: (now) => Math.max(0, Math.ceil(at.since(now).total('milliseconds'))) };
}

/** A module that is only fed, or lost its settings, gives the same answer a minute later. */
const mayAskAgain = (core: Core, { id, state, tries = 1 }: ModuleOutcome): boolean =>
  state === 'failed' && core.sources.has(id) && tries <= WAITS_MS.length;

export const withRetry = (core: Core, run: SyncRun, { at }: Retry): SyncRun => ({
  ...run,
  modules: run.modules.map((module) =>
    mayAskAgain(core, module) ? { ...module, retryAt: isoInstant(at) } : module,
  ),
});

/** The run with the modules that were promised another try still to be counted. */
export const askAgain = (run: SyncRun): SyncRun => ({
  ...run,
  modules: run.modules.map((module) => {
    if (module.retryAt === undefined) return module;
    const { retryAt: _, problem: __, ...before } = module;
    return { ...before, state: 'running' };
  }),
});
