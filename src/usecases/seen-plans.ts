import type { IsoDate } from '../domain/calendar.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { TenantStore } from '../ports/store.ts';
import { planMoves } from '../sync/plan-moves.ts';
import type { Core } from './core.ts';

/** A plan that somebody looked at before a run executed one. */
export interface SeenPlan {
  readonly id: string;
  readonly date: IsoDate;
  readonly lines: readonly PlanLine[];
}

interface Seen {
  newest?: SeenPlan | undefined;
  rehearsed?: SeenPlan | undefined;
}

/** In memory alone: a preview is for the moment, and after a restart people look again. */
const SEEN = new WeakMap<TenantStore, Seen>();

const seenOf = ({ store }: Core): Seen => {
  const seen = SEEN.get(store) ?? {};
  SEEN.set(store, seen);
  return seen;
};

export function seePlan(core: Core, { id, date, lines }: SeenPlan, rehearsed = false): void {
  const seen = seenOf(core);
  seen.newest = { id, date, lines };
  if (rehearsed) seen.rehearsed = seen.newest;
}

/** The newest rehearsal's plan, when it is the one asked for. */
export function rehearsedPlan(core: Core, id: string | undefined): SeenPlan | undefined {
  const { rehearsed } = seenOf(core);
  return rehearsed && rehearsed.id === id ? rehearsed : undefined;
}

/** Once a run has executed a plan, the next one is compared with what people look at after it. */
export function forgetSeenPlan(core: Core): void {
  seenOf(core).newest = undefined;
}

/** More of them than a person reads are only counted. */
const MOVES_KEPT = 50;

/**
 * How the plan that a run executes differs from the one people looked at last that day; undefined when nobody did.
 * @param inScope which lines the run is about
 */
export function sincePreview(
  core: Core,
  date: IsoDate,
  lines: readonly PlanLine[],
  inScope: (line: PlanLine) => boolean,
): SyncRun['previewed'] {
  const { newest } = seenOf(core);
  if (newest?.date !== date) return undefined;
  const moves = planMoves(newest.lines.filter(inScope), lines);
  return { planId: newest.id, moved: moves.length, moves: moves.slice(0, MOVES_KEPT) };
}
