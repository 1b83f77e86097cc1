import type { IsoDate } from '../domain/calendar.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { AppliedCounts } from '../domain/unit-ledger.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { onlyTodayIsDue, withReport } from './days-to-apply.ts';
import type { ModuleReports } from './plan-input.ts';

/** What lines share for which nothing is due but a module's newest report, and nothing changes by it. */
export class OrdinaryNight {
  readonly report: UsageReport;
  readonly #reports: ModuleReports;
  readonly #today: IsoDate;
  readonly #reasons = new Map<number, PlanLine['reason']>();
  #last: { readonly before: AppliedCounts; readonly after: AppliedCounts | undefined } | undefined;

  constructor(reports: ModuleReports, today: IsoDate) {
    this.report = reports.newest;
    this.#reports = reports;
    this.#today = today;
  }

  /**
   * What is applied once the report is; `applied` itself where it is already. Undefined where other days are due.
   * Most ledgers say the same here, and then share what comes after as well.
   */
  after(applied: AppliedCounts): AppliedCounts | undefined {
    if (this.#last === undefined || !same(this.#last.before, applied)) {
      const alone = onlyTodayIsDue(this.#reports, applied, this.#today);
      this.#last = { before: applied, after: alone ? withReport(applied, this.report) : undefined };
    }
    const { before, after } = this.#last;
    return after === before ? applied : after;
  }

  sameAsBefore(count: number): PlanLine['reason'] {
    const known = this.#reasons.get(count);
    if (known) return known;
    const text = `Counted ${count} on ${this.report.date}, the same as before.`;
    const reason: PlanLine['reason'] = { code: 'count-same', text };
    this.#reasons.set(count, reason);
    return reason;
  }
}

const same = (a: AppliedCounts, b: AppliedCounts): boolean =>
  a.through === b.through && a.at === b.at && a.since === b.since && a.first === b.first;
