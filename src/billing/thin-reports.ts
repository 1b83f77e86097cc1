import type { IsoDate, IsoInstant } from '../domain/calendar.ts';
import type { BillingTypeName } from '../domain/ids.ts';
import { countOf, countsOf, type UsageReport } from '../domain/usage-count.ts';

/** Counts of one billing type at one module organization that something still rests on; both ends are included. */
export interface CountNeed {
  readonly externalId: string;
  readonly billingType: BillingTypeName;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface ThinnedReports {
  readonly put: readonly UsageReport[];
  readonly remove: readonly UsageReport[];
}

/**
 * One module's reports of one month with nothing left but the counts that are needed; the month's last report stays
 * whole, so that a later reader still finds the newest count before any day. A reduced report no longer answers for what
 * is absent: unknown is not zero.
 */
export function thinReports(
  reports: readonly UsageReport[],
  needs: readonly CountNeed[],
  at: IsoInstant,
): ThinnedReports {
  const ascending = reports.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const put: UsageReport[] = [];
  const remove: UsageReport[] = [];
  for (const report of ascending.slice(0, -1)) {
    const kept = needs.flatMap(({ externalId, billingType, from, to }) => {
      if (report.date < from || report.date > to) return [];
      const quantity = countOf(report, externalId, billingType);
      return quantity === undefined ? [] : [{ externalId, billingType, quantity }];
    });
    const counts = countsOf(kept);
    if (kept.length === 0) remove.push(report);
    else if (report.thinned === undefined || sizeOf(counts) < sizeOf(report.counts)) {
      const { billingTypes: _, unknown: __, ...rest } = report;
      put.push({ ...rest, complete: false, counts, thinned: at });
    }
  }
  return { put, remove };
}

const sizeOf = (counts: UsageReport['counts']): number =>
  Object.values(counts).reduce((sum, own) => sum + Object.keys(own).length, 0);
