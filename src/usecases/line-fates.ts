import type { IsoDate } from '../domain/calendar.ts';
import type { Exclusion, LineDecisions, Release } from '../domain/line-decision.ts';
import type { PlanLine } from '../domain/plan.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { Core } from './core.ts';
import { type Names, namesIn } from './names.ts';
import { readPlanInput } from './read-plan-input.ts';

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
  /** The newest; of a line that is held again, one about earlier counts. */
  readonly decision?: LineDecision;
}

export interface LineFates {
  readonly date: IsoDate;
  readonly names: Names;
  of(id: string): LineFate;
  /** Every line a person decided on at this instant or later, oldest decision first. */
  decidedSince(instant: string): readonly LineFate[];
}

/** Looks up what people and counts have done to lines that were shown as held. */
export async function readLineFates(core: Core): Promise<LineFates> {
  const snapshot = await core.store.snapshot();
  const input = await readPlanInput(snapshot, core.clock.today());
  const lines = new Map(planSync(input).lines.map((line) => [line.id, line]));
  const decisions = new Map(input.lineDecisions?.map((each) => [each.id, newestDecision(each)]));
  const of = (id: string): LineFate => {
    const line = lines.get(id);
    const decision = decisions.get(id);
    return {
      id,
      held: line?.action === 'held',
      ...(line ? { line } : {}),
      ...(decision ? { decision } : {}),
    };
  };
  return {
    date: input.today,
    names: await namesIn(snapshot),
    of,
    decidedSince: (instant) =>
      [...decisions]
        .flatMap(([id, decision]) => (decision && decision.at >= instant ? [{ id, at: decision.at }] : []))
        .sort((a, b) => (a.at < b.at ? -1 : 1))
        .map(({ id }) => of(id)),
  };
}

export function newestDecision({ releases, exclusions }: LineDecisions): LineDecision | undefined {
  const all: LineDecision[] = [
    ...releases.map((release) => ({ kind: 'release' as const, ...release })),
    ...exclusions.map((exclusion) => ({ kind: 'exclude' as const, ...exclusion })),
  ];
  return all.reduce<LineDecision | undefined>(
    (newest, each) => (newest && newest.at > each.at ? newest : each),
    undefined,
  );
}
