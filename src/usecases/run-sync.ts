import { isoInstant } from '../domain/calendar.ts';
import type { ModuleId } from '../domain/ids.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { LineTotals, SyncRun } from '../domain/sync-run.ts';
import type { PartitionRange, Snapshot } from '../ports/store.ts';
import { activityOf } from '../sync/activity-rows.ts';
import { countModule, type ModuleCount, notCounted } from '../sync/count-modules.ts';
import { type Plan, planSync } from '../sync/plan-sync.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { readPlanInput } from './read-plan-input.ts';
import { recordsOfCount, reportOf } from './record-counts.ts';

/** On demand a person waits; at night a slow module has time. Retries included. */
const TIMEOUT_MS = { person: 60_000, night: 15 * 60_000 };

/**
 * Counts the modules of `run`, plans, applies the plan, writes the activity log and tells people. Never throws: what
 * goes wrong is in the run that comes back.
 */
export async function runSync(core: Core, queued: SyncRun): Promise<SyncRun> {
  let run: SyncRun = { ...queued, startedAt: isoInstant(core.clock.now()) };
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
    core.log.error({ error, run: run.id, reference }, 'sync failed');
    const problem = `The sync stopped because of an unexpected error (reference ${reference}). Nothing was half-applied.`;
    run = { ...run, state: 'failed', problem, finishedAt: isoInstant(core.clock.now()) };
    await core.store.commit({ put: { syncRuns: [run] } }).catch(() => {});
  }
  core.syncQueue.update(run);
  if (!run.dryRun) await tell(core, run);
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
        core.log.error({ error: count.unexpected, module: id, run: run.id }, 'module count failed');
      onProgress([...outcomes.set(id, count.outcome).values()]);
      return count;
    }),
  );
}

/** A module that is fed: its counts have arrived already. */
async function fedModule(core: Core, id: ModuleId): Promise<ModuleCount> {
  const reports = (await (await core.store.snapshot()).list('usageReports')).filter(
    (report) => report.module === id,
  );
  const counts = Object.values(reports.at(-1)?.counts ?? {}).flatMap((own) => Object.keys(own)).length;
  return { outcome: { ...notCounted(id), state: 'done', counts } };
}

/** `done`: every module asked was counted, also when none was asked; `partial`: some; `failed`: none. */
function stateOf(counts: readonly ModuleCount[]): SyncRun['state'] {
  const done = counts.filter((count) => count.outcome.state === 'done').length;
  if (done === counts.length) return 'done';
  return done > 0 ? 'partial' : 'failed';
}

async function apply(core: Core, run: SyncRun, counts: readonly ModuleCount[]): Promise<SyncRun> {
  let modules = run.modules;
  await commit(core, run.by, async (snapshot) => {
    const parts = await Promise.all(counts.map((count) => recordsOfCount(core, snapshot, run, count)));
    modules = counts.map(({ outcome }, i) => ({
      ...outcome,
      newModuleOrganizations: parts[i]?.newModuleOrganizations ?? 0,
    }));
    const all = parts.map((part) => part.put);
    return {
      changes: {
        put: {
          moduleStates: all.flatMap((put) => put.moduleStates),
          moduleOrganizations: all.flatMap((put) => put.moduleOrganizations ?? []),
          usageReports: all.flatMap((put) => put.usageReports ?? []),
          usageEvidence: all.flatMap((put) => put.usageEvidence ?? []),
        },
      },
      result: undefined,
    };
  });
  return commit(core, run.by, async (snapshot) => {
    const plan = await planOf(core, snapshot, run);
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
      ...(psaWrites > 0 || plan.items.put.length > 0 ? { audit: auditOf(finished) } : {}),
      result: finished,
    };
  });
}

/** Plans on the fresh counts without writing anything but the run's own record. */
async function rehearse(core: Core, run: SyncRun, counts: readonly ModuleCount[]): Promise<SyncRun> {
  const snapshot = await core.store.snapshot();
  const at = isoInstant(core.clock.now());
  const fresh = counts.flatMap(({ outcome, answer }) =>
    answer ? reportOf(outcome.id, run.date, answer, at) : [],
  );
  const freshIds = new Set(fresh.map((report) => report.id));
  const input = await readPlanInput(snapshot, run.date);
  const usageReports = [...input.usageReports.filter((report) => !freshIds.has(report.id)), ...fresh];
  const plan = planSync({ ...input, usageReports }, await scopeOf(snapshot, run));
  const finished = finish(core, run, plan, 0, await existingIds(snapshot, plan));
  await core.store.commit({ put: { syncRuns: [finished] } });
  return finished;
}

async function planOf(core: Core, snapshot: Snapshot, run: SyncRun): Promise<Plan> {
  return planSync(await readPlanInput(snapshot, core.clock.today()), await scopeOf(snapshot, run));
}

async function scopeOf(snapshot: Snapshot, { scope }: SyncRun) {
  const contracts = new Map((await snapshot.list('contracts')).map((contract) => [contract.id, contract]));
  return (mapping: { module: ModuleId; contractId: PlanLine['contractId'] }): boolean =>
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

const auditOf = (run: SyncRun) => ({
  action: 'sync',
  subject: run.id,
  text: `Sync put ${run.lines.create} and changed ${run.lines.change} lines; ${run.items.created} billing items created, ${run.items.changed} changed, ${run.items.removed} removed`,
});

async function tell(core: Core, run: SyncRun): Promise<void> {
  try {
    await core.notifier.syncFinished(run);
  } catch (error) {
    core.log.warn({ error, run: run.id }, 'the sync summary could not be posted');
  }
}
