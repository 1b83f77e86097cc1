import { earlier, type IsoDate, later } from '../domain/calendar.ts';
import type { MappedService } from '../domain/service-mapping.ts';
import type { AppliedCounts, UnitLedger } from '../domain/unit-ledger.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import type { ModuleOnContract } from './line-reasons.ts';
import type { ModuleReports } from './plan-input.ts';
import type { PlanWork } from './plan-work.ts';

/** A report, and the day whose count it is for a mapping. */
export interface DayToApply {
  readonly day: IsoDate;
  readonly report: UsageReport;
}

/**
 * The days a mapping's ledger has not taken in yet, oldest first. A new mapping begins with what is known on its first
 * day: the newest count until then. A ledger that has begun goes on with reports that are new, and from the first day
 * that was counted again since. Last comes the newest report as of today, for what people decided since it was applied
 * (mapped another module organization, set a minimum or a share): decisions hold from the day they are seen.
 */
export function daysToApply(
  { index: { today }, contract }: PlanWork,
  mapping: MappedService,
  { reports }: ModuleOnContract,
  { applied }: UnitLedger,
): DayToApply[] {
  if (!reports) return [];
  const { all, newest } = reports;
  const last = contract.endDate === null ? today : earlier(today, contract.endDate);
  const begun = applied?.since === mapping.since ? applied : undefined;
  if (begun && last === today && onlyTodayIsDue(reports, begun, today))
    return [{ day: today, report: newest }];
  const first = begun?.first ?? later(mapping.since, contract.startDate);
  const known = all.slice(Math.max(0, newestUntil(all, first)), newestUntil(all, last) + 1);
  const isNew = ({ date, takenAt }: UsageReport) =>
    !begun || date > begun.through || (begun.at !== undefined && takenAt > begun.at);
  const from = known.findIndex(isNew);
  const days = (from < 0 ? [] : known.slice(from)).map((report) => ({
    day: later(first, report.date),
    report,
  }));
  const seenToday = last < today || days.at(-1)?.day === today;
  return begun && !seenToday ? [...days, { day: today, report: newest }] : days;
}

/**
 * Whether nothing but the newest report is to be applied, as of today: so it is on most nights, and when nothing is new.
 * Says in a few comparisons what the days themselves would say.
 */
export const onlyTodayIsDue = (
  { newest, before }: ModuleReports,
  { first, through, at }: AppliedCounts,
  today: IsoDate,
): boolean =>
  newest.date <= today &&
  first <= today &&
  through >= before.through &&
  (at === undefined || at >= before.at) &&
  (newest.date === today || (through >= newest.date && (at === undefined || at >= newest.takenAt)));

const newestUntil = (reports: readonly UsageReport[], day: IsoDate): number =>
  reports.findLastIndex((report) => report.date <= day);

/** The ledger with these reports behind it, applied or not. One that has not begun stays so. */
export function takenIn(ledger: UnitLedger, reports: readonly UsageReport[]): UnitLedger {
  if (!ledger.applied) return ledger;
  const applied = reports.reduce(withReport, ledger.applied);
  return applied === ledger.applied ? ledger : { ...ledger, applied };
}

/** @returns `applied` itself where the report is taken in already */
export function withReport(applied: AppliedCounts, { date, takenAt }: UsageReport): AppliedCounts {
  const through = later(applied.through, date);
  const at = applied.at === undefined || takenAt > applied.at ? takenAt : applied.at;
  const same = through === applied.through && at === applied.at;
  return same ? applied : { ...applied, through, at };
}
