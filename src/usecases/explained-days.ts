import type { ChangeBehind } from '../billing/change-behind.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { addDays, daysInclusive, earlier, type IsoDate, later, monthOf } from '../domain/calendar.ts';
import type { ModuleId } from '../domain/ids.ts';
import { countOf, type UsageReport, usageReportId } from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';
import { type Feed, lineDay } from './explained-line.ts';
import type { CountedDay } from './explanation.ts';

export type ReportsByDay = ReadonlyMap<IsoDate, UsageReport>;

const DAYS_AROUND = 3;
const MOST_DAYS_BACK = 31;

export interface Days {
  readonly from: IsoDate;
  /** Inclusive. */
  readonly to: IsoDate;
}

/**
 * The days that explain an item: its billing period as far as it has gone, and where its change was counted before the
 * period began (it counts from the next one), the days around that.
 */
export function explainedDays(
  { period, itemDate }: BillingItem,
  change: ChangeBehind | undefined,
  today: IsoDate,
): Days {
  const deferred = change?.effectiveDate === itemDate && change.countDate < period.start;
  const around = deferred ? addDays(change.countDate, -DAYS_AROUND) : period.start;
  const from = later(earlier(around, period.start), addDays(period.start, -MOST_DAYS_BACK));
  return { from, to: later(from, earlier(period.end, today)) };
}

const reportOn = (snapshot: Snapshot, module: ModuleId, date: IsoDate): Promise<UsageReport | undefined> =>
  snapshot.get('usageReports', usageReportId(module, date), monthOf(date));

/** One module's reports of these days, and those alone: a month of all modules may be large. */
export async function reportsOf(snapshot: Snapshot, module: ModuleId, days: Days): Promise<ReportsByDay> {
  const dates = Array.from({ length: daysInclusive(days.from, days.to) }, (_, i) => addDays(days.from, i));
  const reports = await Promise.all(dates.map((date) => reportOn(snapshot, module, date)));
  return new Map(reports.flatMap((report) => (report ? [[report.date, report]] : [])));
}

/** The newest report until a day, looked for a month back. */
export async function newestReport(
  snapshot: Snapshot,
  module: ModuleId,
  until: IsoDate,
): Promise<UsageReport | undefined> {
  for (let back = 0; back <= MOST_DAYS_BACK; back++) {
    const report = await reportOn(snapshot, module, addDays(until, -back));
    if (report) return report;
  }
  return undefined;
}

/** Every day from the first report on; a day that was not counted is unknown, which is not zero. */
export function countedDays(feed: Feed, reports: ReportsByDay, days: Days): CountedDay[] {
  const first = [...reports.keys()].sort()[0];
  if (first === undefined) return [];
  return Array.from({ length: daysInclusive(first, days.to) }, (_, i) => {
    const date = addDays(first, i);
    const report = reports.get(date);
    const counted = report && lineDay(feed, report, date);
    return {
      date,
      quantity: counted?.quantity ?? null,
      units: counted?.units ?? null,
      ...(counted && counted.excluded !== 0 ? { excluded: counted.excluded } : {}),
      moduleOrganizations: feed.mapped.map(({ own: { id, name, externalId } }) => ({
        id,
        name,
        quantity: (report && countOf(report, externalId, feed.billingType)) ?? null,
      })),
    };
  });
}
