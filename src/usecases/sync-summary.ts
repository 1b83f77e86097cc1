import type { Activity } from '../domain/activity.ts';
import type { ModuleId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { Snapshot } from '../ports/store.ts';
import { groupItems } from '../widgets/group-items.ts';
import type { Core } from './core.ts';
import { getSync } from './get-sync.ts';
import { moduleName } from './known-module.ts';
import type { LeakageSum } from './leakage-totals.ts';
import { type ItemTotal, itemTotals, matchingItems } from './list-billing-items.ts';
import { listLeakage } from './list-leakage.ts';
import { headingNames, namesIn } from './names.ts';

export interface SummaryChange {
  readonly module: string;
  readonly organization: string;
  readonly service: string;
  readonly billingType: string;
  readonly oldUnits: number;
  readonly newUnits: number;
  readonly text: string;
}

export interface SyncSummary {
  readonly run: SyncRun;
  readonly modules: readonly {
    readonly id: ModuleId;
    readonly name: string;
    readonly state: 'running' | 'done' | 'failed';
    readonly problem?: string;
    readonly up: number;
    readonly down: number;
  }[];
  /** Largest change of units first. */
  readonly changes: readonly SummaryChange[];
  readonly needsPerson: readonly {
    readonly kind: 'failed-module' | 'blocked' | 'held' | 'unmapped-organization' | 'unmapped-billing-types';
    readonly text: string;
    readonly count: number;
  }[];
  readonly pending: readonly ItemTotal[];
  readonly pendingByModule: readonly {
    readonly module: string;
    readonly amount: Money;
    readonly currency: string;
  }[];
  /** Usage that is counted but bills nowhere now; absent while nothing leaks. */
  readonly leakage?: Pick<LeakageSum, 'units' | 'amounts'>;
  /** The first sync of this icb. */
  readonly first: boolean;
}

/** What people read after a run: what changed, what needs them, what is pending now. Error: `not-found`. */
export async function syncSummary(core: Core, runId: string): Promise<SyncSummary> {
  const run = await getSync(core, runId);
  const snapshot = await core.store.snapshot();
  const month = run.date.slice(0, 7);
  const activity = (await snapshot.list('activity', { from: month, to: month })).filter(
    (row) => row.runId === run.id,
  );
  const pending = await matchingItems(snapshot, { status: 'pending' });
  const byModule = groupItems(pending, ['module'], await headingNames(snapshot));
  const { units, amounts } = (await listLeakage(core)).totals;
  return {
    run,
    modules: run.modules.map(({ id, state, problem }) => {
      const of = (result: Activity['result']) =>
        activity.filter((row) => row.module === id && row.result === result).length;
      return {
        id,
        name: moduleName(id),
        state,
        ...(problem ? { problem } : {}),
        up: of('up'),
        down: of('down'),
      };
    }),
    changes: await changesOf(snapshot, activity),
    needsPerson: await needsPerson(snapshot, run, activity),
    pending: itemTotals(pending),
    pendingByModule: byModule.map(({ label, amount, currency }) => ({ module: label, amount, currency })),
    ...(units > 0 ? { leakage: { units, amounts } } : {}),
    first: await isFirst(snapshot, run),
  };
}

async function changesOf(snapshot: Snapshot, activity: readonly Activity[]): Promise<SummaryChange[]> {
  const names = await namesIn(snapshot);
  return activity
    .filter((row) => row.result === 'up' || row.result === 'down')
    .map((row): SummaryChange => {
      const { oldUnits = 0, newUnits = 0 } = row;
      const organization = names.organization(row.organizationId ?? '');
      const service = names.service(row.contractServiceId ?? '');
      return {
        module: names.module(row.module),
        organization,
        service,
        billingType: names.billingType(row.module, row.billingType ?? null),
        oldUnits,
        newUnits,
        text: `${organization}: ${service} ${oldUnits} → ${newUnits}`,
      };
    })
    .sort((a, b) => Math.abs(b.newUnits - b.oldUnits) - Math.abs(a.newUnits - a.oldUnits));
}

async function needsPerson(snapshot: Snapshot, run: SyncRun, activity: readonly Activity[]) {
  const found: SyncSummary['needsPerson'][number][] = [];
  for (const module of run.modules.filter((each) => each.state === 'failed')) {
    const text = `${moduleName(module.id)} could not be counted: ${module.problem ?? 'unknown reason'} Its units stay as they were.`;
    found.push({ kind: 'failed-module', text, count: 1 });
  }
  for (const [kind, result] of [
    ['blocked', 'blocked'],
    ['held', 'held'],
  ] as const) {
    const rows = activity.filter((row) => row.result === result);
    const [first] = rows;
    if (!first) continue;
    const text =
      rows.length === 1
        ? `1 line is ${kind}: ${first.reason.text}`
        : `${rows.length} lines are ${kind}; the first: ${first.reason.text}`;
    found.push({ kind, text, count: rows.length });
  }
  const counted = new Set<string>(run.modules.map((module) => module.id));
  const mappings = await snapshot.list('organizationMappings');
  const decided = new Set(mappings.map((mapping) => mapping.id));
  const open = (await snapshot.list('moduleOrganizations')).filter(
    (each) => counted.has(each.module) && !decided.has(each.id),
  );
  if (open.length > 0) {
    const text =
      open.length === 1
        ? '1 module organization is not mapped; its usage bills nowhere.'
        : `${open.length} module organizations are not mapped; their usage bills nowhere.`;
    found.push({ kind: 'unmapped-organization', text, count: open.length });
  }
  const without = await withoutServices(snapshot, counted);
  if (without.length > 0) {
    const text =
      without.length === 1
        ? `${without[0]} is mapped, but none of its billing types feeds a service.`
        : `${without.length} organizations are mapped, but none of their billing types feeds a service.`;
    found.push({ kind: 'unmapped-billing-types', text, count: without.length });
  }
  return found;
}

/** Names of organizations that are mapped to a counted module and have no service mapping decided for it. */
async function withoutServices(snapshot: Snapshot, counted: ReadonlySet<string>): Promise<string[]> {
  const contracts = new Map((await snapshot.list('contracts')).map((contract) => [contract.id, contract]));
  const key = (organization: string | undefined, module: string) => `${organization} ${module}`;
  const decided = new Set(
    (await snapshot.list('serviceMappings')).map((mapping) =>
      key(contracts.get(mapping.contractId)?.organizationId, mapping.module),
    ),
  );
  const names = await namesIn(snapshot);
  const open = (await snapshot.list('organizationMappings')).flatMap((mapping) =>
    mapping.status === 'mapped' &&
    counted.has(mapping.module) &&
    !decided.has(key(mapping.organizationId, mapping.module))
      ? [names.organization(mapping.organizationId)]
      : [],
  );
  return [...new Set(open)];
}

async function isFirst(snapshot: Snapshot, run: SyncRun): Promise<boolean> {
  const [month] = await snapshot.partitions('syncRuns');
  if (month === undefined) return true;
  const runs = await snapshot.list('syncRuns', { from: month, to: month });
  return runs.every((other) => other.id === run.id || other.startedAt >= run.startedAt);
}
