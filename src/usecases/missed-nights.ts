import type { Activity } from '../domain/activity.ts';
import { addMonths, dateIn, type IsoDate, type IsoInstant, monthOf } from '../domain/calendar.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import { usageReportId } from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Core } from './core.ts';
import { listSyncs } from './list-syncs.ts';
import { coversANight } from './recover-runs.ts';

/** Further back nobody asks which nights were missed. */
const MONTHS_BACK = 3;
const RUNS_LOOKED_AT = 2_000;

/**
 * Business days of the nights that came due and that no run has made up for: one that planned for everything, and not
 * only rehearsed, or one that is under way. Oldest first. A first icb has missed nothing.
 * @param dueSince the moments after an instant at which a night was due
 */
export async function missedNights(
  core: Core,
  dueSince: (since: Temporal.Instant) => readonly Temporal.Instant[],
): Promise<IsoDate[]> {
  const runs = await listSyncs(core, { limit: RUNS_LOOKED_AT });
  const first = runs.at(-1);
  if (!first) return [];
  const since = runs.find((run) => coversANight(core, run)) ?? first;
  const due = dueSince(Temporal.Instant.from(since.startedAt));
  const oldest = addMonths(core.clock.today(), -MONTHS_BACK);
  return [...new Set(due.map((instant) => dateIn(instant, core.clock.timeZone)))].filter(
    (date) => date >= oldest,
  );
}

/**
 * Rows of the activity log for nights before the run that were missed: their counts can no longer be had, and are never
 * invented. A module that was fed its counts of such a day has none missing.
 */
export async function missedNightRows(
  snapshot: Snapshot,
  { id: runId, date: today, modules, missedNights: nights = [] }: SyncRun,
  at: IsoInstant,
): Promise<Activity[]> {
  const days = nights.filter((night) => night < today);
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return [];
  const reports = await snapshot.list('usageReports', { from: monthOf(from), to: monthOf(to) });
  const known = new Set(reports.map((report) => report.id));
  return days.flatMap((date) =>
    modules
      .filter((module) => !known.has(usageReportId(module.id, date)))
      .map(
        ({ id: module }): Activity => ({
          id: `${runId}:${module}:${date}`,
          runId,
          at,
          date,
          result: 'failed',
          module,
          reason: {
            code: 'night-missed',
            text: 'icb did not run in this night, so the counts of this day are unknown; units in force stayed as they were.',
          },
        }),
      ),
  );
}
