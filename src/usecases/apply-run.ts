import { isoInstant, monthOf } from '../domain/calendar.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import type { LineTotals, ModuleOutcome, SyncRun } from '../domain/sync-run.ts';
import type { PartitionRange, Snapshot } from '../ports/store.ts';
import { activityOf } from '../sync/activity-rows.ts';
import type { ModuleCount } from '../sync/count-modules.ts';
import { goAlong, type StoredLedgers } from '../sync/go-along.ts';
import type { PlanInput } from '../sync/plan-input.ts';
import { type Plan, planSync } from '../sync/plan-sync.ts';
import { runTotals } from '../sync/run-totals.ts';
import { over } from './broken-off.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { missedNightRows } from './missed-nights.ts';
import { queuedPushes } from './queue-pushes.ts';
import { readPlanInput } from './read-plan-input.ts';
import { recordsOfCounts } from './record-counts.ts';
import { withSummary } from './remember-summary.ts';
import { forgetSeenPlan, seePlan, sincePreview } from './seen-plans.ts';

/** Stores what modules answered together with the run's record, which from then on says that they are counted. */
export function storeCounts(core: Core, run: SyncRun, counts: readonly ModuleCount[]): Promise<SyncRun> {
  return commit(core, run.by, async (snapshot) => {
    const { put, outcomes } = await recordsOfCounts(core, snapshot, run, counts);
    const counted = new Map(outcomes.map((outcome) => [outcome.id, { ...outcome, applied: false }]));
    const stored = {
      ...(await withSummary(snapshot, run)),
      modules: run.modules.map((module) => counted.get(module.id) ?? module),
    };
    return { changes: { put: { ...put, syncRuns: [stored] } }, result: stored };
  });
}

/**
 * Plans and executes the plan in one commit with the run's record and its rows in the activity log. After the first
 * time, only for modules that were counted since: what others had applied stays as it is.
 * @param last nothing is tried again, so the run ends here
 */
export async function applyPlan(core: Core, run: SyncRun, last: boolean): Promise<SyncRun> {
  const again = run.planId !== undefined;
  const open = run.modules.filter((module) => !again || module.applied === false);
  const modules = new Set<string>(open.map((module) => module.id));
  const executed = await commit(core, run.by, async (snapshot) => {
    const input = await readPlanInput(snapshot, run.date);
    const inScope = scopeOf(input, run);
    const plan = planSync(input, (mapping) => inScope(mapping) && (!again || modules.has(mapping.module)));
    // A remote PSA's changes go out after this commit, from the outbox.
    const unitPushes = core.psa.remote ? await queuedPushes(core, snapshot, run, plan) : [];
    const psaWrites = core.psa.remote ? 0 : await written(core, plan);
    const existing = await existingItems(snapshot, plan);
    const previewed = again ? run.previewed : sincePreview(core, run.date, plan.lines, inScopeOf(input, run));
    const applied: SyncRun = {
      ...planned(await withSummary(snapshot, run), plan, psaWrites, existing),
      modules: run.modules.map((module) =>
        modules.has(module.id) ? { ...module, applied: true, lines: linesOf(plan, module) } : module,
      ),
      ...(previewed ? { previewed } : {}),
      totals: runTotals(input, plan, await itemsOfMonth(snapshot, run)),
    };
    const at = isoInstant(core.clock.now());
    const finished = last ? over(applied, at) : applied;
    const rows = await activityOf(snapshot, { ...finished, modules: open.map(fresh(finished)) }, plan, at);
    const missed = again ? [] : await missedNightRows(snapshot, finished, at);
    const auditText = textOf(plan, psaWrites + unitPushes.length, existing);
    return {
      changes: {
        put: {
          ...goAlong(await storedLedgers(snapshot), plan.ledgers),
          unitPushes,
          billingItems: plan.items.put,
          activity: [...rows, ...missed],
          syncRuns: [finished],
        },
        remove: [
          ...plan.items.remove.map(({ id, period }) => ({
            kind: 'billingItems' as const,
            id,
            partition: period.start.slice(0, 7),
          })),
          ...(again ? settledRows(finished, open) : []),
        ],
      },
      ...(auditText ? { audit: { action: 'sync', subject: run.id, text: auditText } } : {}),
      result: finished,
    };
  });
  forgetSeenPlan(core);
  return executed;
}

const storedLedgers = async (snapshot: Snapshot): Promise<StoredLedgers> => ({
  moduleStates: await snapshot.list('moduleStates'),
  unitLedgers: await snapshot.list('unitLedgers'),
});

/** A run of one module or organization is compared in that part alone. */
function inScopeOf(input: PlanInput, run: SyncRun): (line: PlanLine) => boolean {
  const inScope = scopeOf(input, run);
  return (line) => inScope(line);
}

const written = async ({ psa }: Core, { adjustments }: Plan): Promise<number> =>
  (adjustments.length > 0 ? await psa.adjustUnits(adjustments) : []).length;

const fresh =
  (run: SyncRun) =>
  (module: ModuleOutcome): ModuleOutcome =>
    run.modules.find(({ id }) => id === module.id) ?? module;

/** The row that said a module had failed, now that it has answered. */
const settledRows = (run: SyncRun, open: readonly ModuleOutcome[]) =>
  open
    .filter((module) => module.state === 'done')
    .map(({ id }) => ({ kind: 'activity' as const, id: `${run.id}:${id}`, partition: monthOf(run.date) }));

/** Plans as if the fresh counts had been written, and writes nothing but the run's own record. */
export async function rehearse(core: Core, run: SyncRun, counts: readonly ModuleCount[]): Promise<SyncRun> {
  const snapshot = await core.store.snapshot();
  const { put, outcomes } = await recordsOfCounts(core, snapshot, run, counts);
  const input = await readPlanInput(snapshot, run.date);
  const plan = planSync(
    {
      ...input,
      moduleStates: overlaid(input.moduleStates, put.moduleStates),
      moduleOrganizations: overlaid(input.moduleOrganizations, put.moduleOrganizations),
      usageReports: overlaid(input.usageReports, put.usageReports),
    },
    scopeOf(input, run),
  );
  seePlan(core, plan, true);
  const rehearsed = planned({ ...run, modules: outcomes }, plan, 0, await existingItems(snapshot, plan));
  const finished = over(rehearsed, isoInstant(core.clock.now()));
  await core.store.commit({ put: { syncRuns: [finished] } });
  return finished;
}

/** `records` with those of `put` instead of or beside them. */
export function overlaid<T extends { readonly id: string }>(records: readonly T[], put: readonly T[]): T[] {
  return [...new Map([...records, ...put].map((record) => [record.id, record])).values()];
}

function scopeOf({ contracts }: PlanInput, { scope }: SyncRun) {
  const owners = new Map(contracts.map((contract) => [contract.id, contract.organizationId]));
  return (mapping: Pick<ServiceMapping, 'module' | 'contractId'>): boolean =>
    (!scope.module || mapping.module === scope.module) &&
    (!scope.organization || owners.get(mapping.contractId) === scope.organization);
}

async function existingItems(snapshot: Snapshot, plan: Plan): Promise<ReadonlySet<string>> {
  const months = plan.items.put.map((item) => item.period.start.slice(0, 7)).sort();
  const [from, to] = [months[0], months.at(-1)];
  if (from === undefined || to === undefined) return new Set();
  const range: PartitionRange = { from, to };
  return new Set((await snapshot.list('billingItems', range)).map((item) => item.id));
}

const itemsOfMonth = (snapshot: Snapshot, { date }: SyncRun) =>
  snapshot.list('billingItems', { from: monthOf(date), to: monthOf(date) });

const NO_LINES: LineTotals = { create: 0, change: 0, none: 0, held: 0, blocked: 0 };

function linesOf({ lines }: Plan, module?: { readonly id: string }): LineTotals {
  const totals = { ...NO_LINES };
  for (const line of lines) if (!module || line.module === module.id) totals[line.action] += 1;
  return totals;
}

const difference = (plus: LineTotals, minus: LineTotals): LineTotals => ({
  create: plus.create - minus.create,
  change: plus.change - minus.change,
  none: plus.none - minus.none,
  held: plus.held - minus.held,
  blocked: plus.blocked - minus.blocked,
});

/** The run with what this plan adds to it; lines of a module that is planned again take the place of its earlier ones. */
function planned(run: SyncRun, plan: Plan, psaWrites: number, existing: ReadonlySet<string>): SyncRun {
  const again = run.planId === undefined ? [] : run.modules.filter((module) => module.applied === false);
  const before = again.reduce((lines, module) => difference(lines, module.lines ?? NO_LINES), run.lines);
  const { created, changed, removed } = itemsOf(plan, existing);
  return {
    ...run,
    planId: plan.id,
    lines: difference(linesOf(plan), difference(NO_LINES, before)),
    psaWrites: run.psaWrites + psaWrites,
    items: {
      created: run.items.created + created,
      changed: run.items.changed + changed,
      removed: run.items.removed + removed,
    },
  };
}

function itemsOf({ items }: Plan, existing: ReadonlySet<string>): SyncRun['items'] {
  const changed = items.put.filter((item) => existing.has(item.id)).length;
  return { created: items.put.length - changed, changed, removed: items.remove.length };
}

/** What the audit log says; undefined where nothing was changed. */
function textOf(plan: Plan, psaWrites: number, existing: ReadonlySet<string>): string | undefined {
  const { created, changed, removed } = itemsOf(plan, existing);
  if (psaWrites + created + changed + removed === 0) return undefined;
  const lines = linesOf(plan);
  return `Sync put ${lines.create} and changed ${lines.change} lines; ${created} billing items created, ${changed} changed, ${removed} removed`;
}
