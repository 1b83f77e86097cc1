import { addMonths, type IsoDate, monthOf } from '../domain/calendar.ts';
import type { RunTotal, SyncRun } from '../domain/sync-run.ts';
import type { Snapshot } from '../ports/store.ts';

/** What was in force when a day's last run ended. */
export interface TrendPoint {
  readonly date: IsoDate;
  readonly totals: readonly RunTotal[];
}

/**
 * What the runs up to this one left in force, oldest first, one point a day: where a day had several runs, its last
 * counts. Runs that came to no totals (previews, failures before the plan) are left out, since unknown is not zero. At
 * most `days` points, none older than the month before.
 */
export async function runTrend(snapshot: Snapshot, run: SyncRun, days: number): Promise<TrendPoint[]> {
  const to = monthOf(run.date);
  const from = monthOf(addMonths(`${to}-01` as IsoDate, -1));
  const runs = await snapshot.list('syncRuns', { from, to });
  const earlier = runs.filter(
    (one) => one.id !== run.id && one.date <= run.date && one.startedAt <= run.startedAt,
  );
  const byDay = new Map<IsoDate, TrendPoint>();
  for (const { date, totals } of [...earlier.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)), run])
    if (totals && totals.length > 0) byDay.set(date, { date, totals });
  return [...byDay.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1)).slice(-days);
}
