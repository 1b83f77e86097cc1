import type { Activity } from '../domain/activity.ts';
import type { IsoInstant } from '../domain/calendar.ts';
import type { ModuleId } from '../domain/ids.ts';
import { addMoney, compareMoney, isNegative, type Money, subtractMoney, zero } from '../domain/money.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { Snapshot } from '../ports/store.ts';
import { groupItems } from '../widgets/group-items.ts';
import type { Core } from './core.ts';
import { getSync } from './get-sync.ts';
import { heldLines } from './held-lines.ts';
import type { LeakageSum } from './leakage-totals.ts';
import { type ItemTotal, itemTotals, matchingItems } from './list-billing-items.ts';
import { listLeakage } from './list-leakage.ts';
import { headingNames, type Names, namesIn } from './names.ts';
import { runTrend, type TrendPoint } from './run-trend.ts';
import { type SummaryMoney, summaryMoney } from './summary-money.ts';
import { type SummaryNeed, summaryNeeds } from './summary-needs.ts';
import { summaryUnmapped, type Unmapped } from './summary-unmapped.ts';

/** Money of changes: in the periods they fall in, and in each full period from then on. */
export interface MovedMoney {
  readonly currency: string;
  readonly amount: Money;
  readonly monthlyAmount: Money;
}

export interface SummaryChange {
  readonly module: string;
  readonly organization: string;
  readonly service: string;
  readonly billingType: string;
  readonly oldUnits: number;
  readonly newUnits: number;
  readonly money?: MovedMoney;
  readonly text: string;
  /** Why, in a sentence. */
  readonly reason: string;
}

export interface SyncSummary {
  readonly run: SyncRun;
  readonly modules: readonly {
    readonly id: ModuleId;
    readonly name: string;
    readonly state: 'running' | 'done' | 'failed';
    readonly problem?: string;
    /** When it is asked again, while the run waits for that. */
    readonly retryAt?: IsoInstant;
    readonly up: number;
    readonly down: number;
    readonly moved: readonly MovedMoney[];
  }[];
  /** What this run's changes come to. */
  readonly moved: readonly MovedMoney[];
  readonly money: readonly SummaryMoney[];
  /** Most money first, then most units. */
  readonly changes: readonly SummaryChange[];
  /** Lines whose counts wait for a person, longest waiting first, also those of earlier runs. */
  readonly held: readonly PlanLine[];
  readonly names: Names;
  readonly unmapped: Unmapped;
  readonly needsPerson: readonly SummaryNeed[];
  readonly pending: readonly ItemTotal[];
  readonly pendingByModule: readonly {
    readonly module: string;
    readonly amount: Money;
    readonly currency: string;
  }[];
  /** Usage that is counted but bills nowhere now; absent while nothing leaks. */
  readonly leakage?: Pick<LeakageSum, 'units' | 'amounts'>;
  /** What was in force after each of the last runs, this one included. */
  readonly trend?: readonly TrendPoint[];
  /** The first sync of this icb. */
  readonly first: boolean;
}

/** A month of nights. */
const TREND_DAYS = 30;

/** What people read after a run: what changed in money, what needs them, what is pending now. Error: `not-found`. */
export async function syncSummary(core: Core, runId: string): Promise<SyncSummary> {
  const run = await getSync(core, runId);
  const snapshot = await core.store.snapshot();
  const names = await namesIn(snapshot);
  const month = run.date.slice(0, 7);
  const activity = (await snapshot.list('activity', { from: month, to: month })).filter(
    (row) => row.runId === run.id && row.date === run.date,
  );
  const pending = await matchingItems(snapshot, { status: 'pending' });
  const byModule = groupItems(pending, ['module'], await headingNames(snapshot));
  const { units, amounts } = (await listLeakage(core)).totals;
  const held = await heldLines(core);
  const unmapped = await summaryUnmapped(core, snapshot, run);
  return {
    run,
    modules: run.modules.map((module) => summaryModule(module, activity, names)),
    moved: movedOf(activity),
    money: await summaryMoney(snapshot, run),
    changes: changesOf(names, activity),
    held: held.toSorted((a, b) => (heldSince(a) < heldSince(b) ? -1 : 1)),
    names,
    unmapped,
    needsPerson: await summaryNeeds(snapshot, {
      run,
      activity,
      held: held.length,
      unmapped: unmapped.total,
    }),
    pending: itemTotals(pending),
    pendingByModule: byModule.map(({ label, amount, currency }) => ({ module: label, amount, currency })),
    ...(units > 0 ? { leakage: { units, amounts } } : {}),
    trend: await runTrend(snapshot, run, TREND_DAYS),
    first: await isFirst(snapshot, run),
  };
}

const heldSince = ({ heldSince, effectiveDate }: PlanLine): string => heldSince ?? effectiveDate;

function summaryModule(
  { id, state, problem, retryAt }: SyncRun['modules'][number],
  activity: readonly Activity[],
  names: Names,
): SyncSummary['modules'][number] {
  const own = activity.filter((row) => row.module === id);
  const of = (result: Activity['result']) => own.filter((row) => row.result === result).length;
  return {
    id,
    name: names.module(id),
    state,
    ...(problem ? { problem } : {}),
    ...(retryAt ? { retryAt } : {}),
    up: of('up'),
    down: of('down'),
    moved: movedOf(own),
  };
}

const isChange = ({ result }: Activity): boolean => result === 'up' || result === 'down';

function moneyOf({ amount, monthlyAmount, currency }: Activity): MovedMoney | undefined {
  return amount && monthlyAmount && currency ? { currency, amount, monthlyAmount } : undefined;
}

/** Sums per currency; currencies are never added together. */
function movedOf(activity: readonly Activity[]): MovedMoney[] {
  const sums = new Map<string, MovedMoney>();
  for (const row of activity.filter(isChange)) {
    const money = moneyOf(row);
    if (!money) continue;
    const so = sums.get(money.currency) ?? { currency: money.currency, amount: zero, monthlyAmount: zero };
    sums.set(money.currency, {
      currency: money.currency,
      amount: addMoney(so.amount, money.amount),
      monthlyAmount: addMoney(so.monthlyAmount, money.monthlyAmount),
    });
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function changesOf(names: Names, activity: readonly Activity[]): SummaryChange[] {
  return activity
    .filter(isChange)
    .map((row): SummaryChange => {
      const { oldUnits = 0, newUnits = 0 } = row;
      const organization = names.organization(row.organizationId ?? '');
      const service = names.service(row.contractServiceId ?? '');
      const money = moneyOf(row);
      return {
        module: names.module(row.module),
        organization,
        service,
        billingType: names.billingType(row.module, row.billingType ?? null),
        oldUnits,
        newUnits,
        ...(money ? { money } : {}),
        text: `${organization}: ${service} ${oldUnits} → ${newUnits}`,
        reason: row.reason.text,
      };
    })
    .sort(
      (a, b) =>
        compareMoney(sizeOf(b), sizeOf(a)) ||
        Math.abs(b.newUnits - b.oldUnits) - Math.abs(a.newUnits - a.oldUnits),
    );
}

/** What a change comes to in a full period, whichever way it goes. */
function sizeOf({ money }: SummaryChange): Money {
  const amount = money?.monthlyAmount ?? zero;
  return isNegative(amount) ? subtractMoney(zero, amount) : amount;
}

async function isFirst(snapshot: Snapshot, run: SyncRun): Promise<boolean> {
  const [month] = await snapshot.partitions('syncRuns');
  if (month === undefined) return true;
  const runs = await snapshot.list('syncRuns', { from: month, to: month });
  return runs.every((other) => other.id === run.id || other.startedAt >= run.startedAt);
}
