import type { IsoDate } from '../domain/calendar.ts';
import type { UsageReport } from '../domain/usage-count.ts';

/**
 * The first day of the present uninterrupted run of reports for which `leaks` holds. A report that does not know
 * (undefined) neither breaks the run nor begins it; nights without a report do not break it either.
 * @param reports the newest first
 * @param today what is answered when no report knows
 */
export function leakingSince(
  reports: readonly UsageReport[],
  leaks: (report: UsageReport) => boolean | undefined,
  today: IsoDate,
): IsoDate {
  let since: IsoDate | undefined;
  for (const report of reports) {
    const leaked = leaks(report);
    if (leaked === undefined) continue;
    if (!leaked) break;
    since = report.date;
  }
  return since ?? reports[0]?.date ?? today;
}
