import { isoInstant } from '../domain/calendar.ts';
import type { ModuleId } from '../domain/ids.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import type { LineTotals, SyncRun } from '../domain/sync-run.ts';
import type { PartitionRange, Snapshot } from '../ports/store.ts';
import { activityOf } from '../sync/activity-rows.ts';
import { countModule, type ModuleCount, notCounted } from '../sync/count-modules.ts';
import { type Plan, planSync } from '../sync/plan-sync.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { howToConnect } from './list-modules.ts';
import { readPlanInput } from './read-plan-input.ts';
import { recordsOfCounts } from './record-counts.ts';
import { brokenOff } from './recover-runs.ts';

/** On demand a person waits; at night a slow module has time. Retries included. */
const TIMEOUT_MS = { person: 60_000, night: 15 * 60_000 };

/**
 * Counts the modules of `run`, plans, applies the plan and writes the activity log. Never throws: what goes wrong is in
 * the run that comes back. Its business day is the one on which it starts, also when it waited in the queue overnight.
 */
export async function runSync(core: Core, queued: SyncRun): Promise<SyncRun> {
  let run: SyncRun = { ...queued, date: core.clock.today(), startedAt: isoInstant(core.clock.now()) };
  try {
    core.syncQueue.update(run);
    await core.store.commit({ put: { syncRuns: [run] } });
    const counts = await countAll(core, run, (modules) => {
      run = { ...run, modules };
      core.syncQueue.update(run);
    });
    run = { ...run, modules: counts.map((count) => count.outcome), state: stateOf(counts) };
    run = run.dryRun ? await rehearse(core, run, counts) : await apply(core, run, counts);
  } catch (error) {
    const reference = core.newId('err');
    core.log.error({ err: error, run: run.id, reference }, 'sync failed');
    const problem = `The sync stopped because of an unexpected error (reference ${reference}). Nothing was half-applied; start it again.`;
    run = brokenOff(run, problem, isoInstant(core.clock.now()));
    await core.store
      .commit({ put: { syncRuns: [run] } })
      .catch((err) => core.log.error({ err, run: run.id }, 'the failed sync could not be recorded'));
  }
  core.syncQueue.update(run);
  return run;
}

async function countAll(core: Core, run: SyncRun, onProgress: (outcomes: SyncRun['modules']) => void) {
  const timeout =
    run.trigger === 'night' || run.trigger === 'catch-up' ? TIMEOUT_MS.night : TIMEOUT_MS.person;
  const outcomes = new Map(run.modules.map((outcome) => [outcome.id, outcome]));
  return Promise.all(
    run.modules.map(async ({ id }) => {
      const source = core.sources.get(id);
      const count = source
        ? await countModule(source, timeout, (outcome) => onProgress([...outcomes.set(id, outcome).values()]))
        : await fedModule(core, id);
      if (count.unexpected)
        core.log.error({ err: count.unexpected, module: id, run: run.id }, 'module count failed');
      onProgress([...outcomes.set(id, count.outcome).values()]);
      return count;
    }),
  );
}

/** A module that is fed: its counts have arrived already. One that used to be counted by API needs its settings back. */
async function fedModule(core: Core, id: ModuleId): Promise<ModuleCount> {
  const snapshot = await core.store.snapshot();
  const state = await snapshot.get('moduleStates', id);
  if (state?.countedBy === 'api') {
    const module = knownModule(id);
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

/** `done`: every module asked was counted, also when none was asked; `partial`: some; `failed`: none. */
function stateOf(counts: readonly ModuleCount[]): SyncRun['state'] {
  const done = counts.filter((count) => count.outcome.state === 'done').length;
  if (done === counts.length) return 'done';
  return done > 0 ? 'partial' : 'failed';
}

async function apply(core: Core, run: SyncRun, counts: readonly ModuleCount[]): Promise<SyncRun> {
  const modules = await commit(core, run.by, async (snapshot) => {
    const { put, outcomes } = await recordsOfCounts(core, snapshot, run, counts);
    return { changes: { put }, result: outcomes };
  });
  return commit(core, run.by, async (snapshot) => {
    const plan = planSync(await readPlanInput(snapshot, run.date), await scopeOf(snapshot, run));
    const existing = await existingIds(snapshot, plan);
    const psaWrites = await core.psa.adjustUnits(plan.adjustments);
    const finished = finish(core, { ...run, modules }, plan, psaWrites, existing);
    return {
      changes: {
        put: {
          unitLedgers: plan.ledgers,
          billingItems: plan.items.put,
          activity: await activityOf(snapshot, finished, plan),
          syncRuns: [finished],
        },
        remove: plan.items.remove.map(({ id, period }) => ({
          kind: 'billingItems',
          id,
          partition: period.start.slice(0, 7),
        })),
      },
      ...(changesAnything(finished) ? { audit: auditOf(finished) } : {}),
      result: finished,
    };
  });
}

/** Plans as if the fresh counts had been written, and writes nothing but the run's own record. */
async function rehearse(core: Core, run: SyncRun, counts: readonly ModuleCount[]): Promise<SyncRun> {
  const snapshot = await core.store.snapshot();
  const { put, outcomes } = await recordsOfCounts(core, snapshot, run, counts);
  const input = await readPlanInput(snapshot, run.date);
  const plan = planSync(
    {
      ...input,
      moduleStates: over(input.moduleStates, put.moduleStates),
      moduleOrganizations: over(input.moduleOrganizations, put.moduleOrganizations),
      usageReports: over(input.usageReports, put.usageReports),
    },
    await scopeOf(snapshot, run),
  );
  const finished = finish(core, { ...run, modules: outcomes }, plan, 0, await existingIds(snapshot, plan));
  await core.store.commit({ put: { syncRuns: [finished] } });
  return finished;
}

/** `records` with those of `put` instead of or beside them. */
function over<T extends { readonly id: string }>(records: readonly T[], put: readonly T[]): T[] {
  return [...new Map([...records, ...put].map((record) => [record.id, record])).values()];
}

async function scopeOf(snapshot: Snapshot, { scope }: SyncRun) {
  const contracts = new Map((await snapshot.list('contracts')).map((contract) => [contract.id, contract]));
  return (mapping: ServiceMapping): boolean =>
    (!scope.module || mapping.module === scope.module) &&
    (!scope.organization || contracts.get(mapping.contractId)?.organizationId === scope.organization);
}

async function existingIds(snapshot: Snapshot, plan: Plan): Promise<ReadonlySet<string>> {
  const months = plan.items.put.map((item) => item.period.start.slice(0, 7)).sort();
  const [from, to] = [months[0], months.at(-1)];
  if (from === undefined || to === undefined) return new Set();
  const range: PartitionRange = { from, to };
  return new Set((await snapshot.list('billingItems', range)).map((item) => item.id));
}

function finish(
  core: Core,
  run: SyncRun,
  plan: Plan,
  psaWrites: number,
  existing: ReadonlySet<string>,
): SyncRun {
  const lines: LineTotals = { create: 0, change: 0, none: 0, held: 0, blocked: 0 };
  for (const line of plan.lines) lines[line.action] += 1;
  const changed = plan.items.put.filter((item) => existing.has(item.id)).length;
  return {
    ...run,
    planId: plan.id,
    lines,
    psaWrites,
    items: { created: plan.items.put.length - changed, changed, removed: plan.items.remove.length },
    finishedAt: isoInstant(core.clock.now()),
  };
}

const changesAnything = ({ psaWrites, items }: SyncRun): boolean =>
  psaWrites + items.created + items.changed + items.removed > 0;

const auditOf = (run: SyncRun) => ({
  action: 'sync',
  subject: run.id,
  text: `Sync put ${run.lines.create} and changed ${run.lines.change} lines; ${run.items.created} billing items created, ${run.items.changed} changed, ${run.items.removed} removed`,
});
