import { isoInstant } from '../domain/calendar.ts';
import type { ModuleId } from '../domain/ids.ts';
import type { ModuleOutcome, SyncRun } from '../domain/sync-run.ts';
import { countModule, type ModuleCount, notCounted } from '../sync/count-modules.ts';
import type { Core } from './core.ts';
import { moduleIn } from './known-module.ts';
import { howToConnect } from './list-modules.ts';
import { readCatalogue } from './read-catalogue.ts';

/** On demand a person waits; at night a slow module has time. The vendor client's own repeats included. */
const TIMEOUT_MS = { person: 60_000, night: 15 * 60_000 };

/** Counts the modules of a run that are not counted yet, side by side: one that is slow or fails holds up no other. */
export async function countModules(
  core: Core,
  run: SyncRun,
  onProgress: (outcomes: ModuleOutcome[]) => void,
): Promise<ModuleCount[]> {
  const timeout =
    run.trigger === 'night' || run.trigger === 'catch-up' ? TIMEOUT_MS.night : TIMEOUT_MS.person;
  const outcomes = new Map(run.modules.map((outcome) => [outcome.id, outcome]));
  const show = (outcome: ModuleOutcome) => onProgress([...outcomes.set(outcome.id, outcome).values()]);
  return Promise.all(
    run.modules
      .filter((module) => module.state === 'running')
      .map(async (before) => {
        const { id } = before;
        const began = core.clock.now();
        const added = (outcome: ModuleOutcome) => together(before, outcome, began, core.clock.now());
        const source = core.sources.get(id);
        const count = source
          ? await countModule(source, timeout, (outcome) => show(added(outcome)))
          : await fedModule(core, id);
        if (count.unexpected)
          core.log.error({ err: count.unexpected, module: id, run: run.id }, 'module count failed');
        const outcome = { ...added(count.outcome), finishedAt: isoInstant(core.clock.now()) };
        show(outcome);
        return { ...count, outcome };
      }),
  );
}

/** This try's outcome, with what earlier tries of the same run cost. */
const together = (
  before: ModuleOutcome,
  outcome: ModuleOutcome,
  began: Temporal.Instant,
  now: Temporal.Instant,
): ModuleOutcome => ({
  ...outcome,
  ...(before.lines ? { lines: before.lines } : {}),
  requests: before.requests + outcome.requests,
  tries: (before.tries ?? 0) + 1,
  startedAt: before.startedAt ?? isoInstant(began),
  durationMs: (before.durationMs ?? 0) + Math.max(0, Math.round(now.since(began).total('milliseconds'))),
});

/** A module that is fed: its counts have arrived already. One that used to be counted by API needs its settings back. */
async function fedModule(core: Core, id: ModuleId): Promise<ModuleCount> {
  const snapshot = await core.store.snapshot();
  const state = await snapshot.get('moduleStates', id);
  if (state?.countedBy === 'api') {
    const module = moduleIn(await readCatalogue(snapshot), id);
    const problem = `${module.name} is not connected any more. ${howToConnect(module)}`;
    return { outcome: { ...notCounted(id), state: 'failed', problem } };
  }
  const month = (await snapshot.partitions('usageReports')).at(-1) ?? '';
  const newest = (await snapshot.list('usageReports', { from: month })).findLast(
    ({ module }) => module === id,
  );
  const counts = Object.values(newest?.counts ?? {}).flatMap((own) => Object.keys(own)).length;
  return { outcome: { ...notCounted(id), state: 'done', counts } };
}
