import { periodContaining } from '../domain/billing-period.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { Exclusion, LineDecisions, Release } from '../domain/line-decision.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { Snapshot } from '../ports/store.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { Core } from './core.ts';
import { asIfCounted } from './decide-line.ts';
import { type Names, namesIn } from './names.ts';
import { readPlanInput } from './read-plan-input.ts';
import { isUndoTime } from './undo-time.ts';

/** What a person decided about a line's counts. */
export type LineDecision =
  | ({ readonly kind: 'release' } & Release)
  | ({ readonly kind: 'exclude' } & Exclusion);

/** What has become of a line whose counts were held. */
export interface LineFate {
  readonly id: string;
  /** As the plan has it now; absent when its service mapping is gone. */
  readonly line?: PlanLine;
  readonly held: boolean;
  /** The newest one, about the counts asked for. */
  readonly decision?: LineDecision;
}

export interface LineFates {
  readonly date: IsoDate;
  readonly names: Names;
  /** Every line that is held now. */
  readonly held: readonly PlanLine[];
  /** @param since the first held day of the counts that were shown: decisions about earlier counts are left out */
  of(id: string, since?: string): LineFate;
  /** Last day of the line's billing period that is running. */
  periodEnd(line: PlanLine): IsoDate | undefined;
  /** Whether a decision can be taken back now: for a day, until a sync goes by it. */
  undoable(decision: LineDecision): boolean;
  /** Every line a person decided on at this instant or later, oldest decision first. */
  decidedSince(instant: string): readonly LineFate[];
}

/** Looks up what people and counts have done to lines that were shown as held. */
export async function readLineFates(core: Core): Promise<LineFates> {
  const snapshot = await core.store.snapshot();
  const input = await readPlanInput(snapshot, core.clock.today());
  const lines = new Map(planSync(asIfCounted(input)).lines.map((line) => [line.id, line]));
  const decisions = new Map(input.lineDecisions?.map((each) => [each.id, each]));
  const of = (id: string, since?: string): LineFate => {
    const line = lines.get(id);
    const decision = newestDecision(decisions.get(id), since);
    return {
      id,
      held: line?.action === 'held',
      ...(line ? { line } : {}),
      ...(decision ? { decision } : {}),
    };
  };
  const lastSync = await lastSyncEnd(snapshot);
  const now = core.clock.now();
  return {
    date: input.today,
    undoable: ({ at, change }) => change !== undefined && at > lastSync && isUndoTime(at, now),
    names: await namesIn(snapshot),
    held: [...lines.values()].filter((line) => line.action === 'held'),
    of,
    periodEnd: ({ contractId }) => {
      const contract = input.contracts.find(({ id }) => id === contractId);
      return contract && periodContaining(contract, input.today)?.end;
    },
    decidedSince: (instant) =>
      [...decisions.keys()]
        .flatMap((id) => {
          const fate = of(id);
          return fate.decision && fate.decision.at >= instant ? [{ fate, at: fate.decision.at }] : [];
        })
        .sort((a, b) => (a.at < b.at ? -1 : 1))
        .map(({ fate }) => fate),
  };
}

/** Until when syncs have gone by what was decided; while one is under way that is for ever. */
async function lastSyncEnd(snapshot: Snapshot): Promise<string> {
  const [newest = '', before = newest] = (await snapshot.partitions('syncRuns')).toReversed();
  const runs = await snapshot.list('syncRuns', { from: before, to: newest });
  return runs
    .filter(({ dryRun, planId, finishedAt }) => !dryRun && (planId !== undefined || finishedAt === undefined))
    .reduce((last, { finishedAt = '9999' }) => (finishedAt > last ? finishedAt : last), '');
}

function newestDecision(all: LineDecisions | undefined, since?: string): LineDecision | undefined {
  const decisions: LineDecision[] = [
    ...(all?.releases ?? []).map((release) => ({ kind: 'release' as const, ...release })),
    ...(all?.exclusions ?? []).map((exclusion) => ({ kind: 'exclude' as const, ...exclusion })),
  ];
  return decisions
    .filter((each) => since === undefined || covers(each, since))
    .reduce<LineDecision | undefined>(
      (newest, each) => (newest && newest.at > each.at ? newest : each),
      undefined,
    );
}

const covers = (decision: LineDecision, day: string): boolean =>
  decision.kind === 'release' ? day <= decision.through : decision.from <= day && day <= decision.until;
