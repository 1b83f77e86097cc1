import { lineUnits, sumCounts } from '../billing/line-units.ts';
import { applyCount, effectiveDate } from '../billing/unit-rules.ts';
import { type BillingPeriod, nextPeriod, periodContaining } from '../domain/billing-period.ts';
import { type IsoDate, later } from '../domain/calendar.ts';
import type { Contract } from '../domain/contract.ts';
import type { MappedService } from '../domain/service-mapping.ts';
import { finalUnits, type UnitChange, type UnitLedger } from '../domain/unit-ledger.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { mappedKey, sharingKey } from './plan-input.ts';
import type { PlanWork } from './plan-work.ts';

export interface AppliedMapping {
  readonly ledger: UnitLedger;
  /** Units taken over from the PSA's own in this plan. */
  readonly adopted: number;
  readonly first: boolean;
  /** The newest day whose count is known, with that count; undefined when no day's is. */
  readonly last?: { readonly date: IsoDate; readonly count: number };
}

/**
 * Replays on a mapping's ledger every daily count that is not settled yet, each with its own date, in the order of days.
 * The last day already applied is replayed too, so that a recount of that day replaces it and an unchanged one changes
 * nothing.
 */
export function applyMapping(work: PlanWork, mapping: MappedService, contract: Contract): AppliedMapping {
  const externalIds = work.index.mappedTo.get(mappedKey(mapping.module, contract.organizationId)) ?? [];
  const sharing = work.index.sharing.get(sharingKey(mapping, contract.organizationId)) ?? [];
  let ledger = work.ledgerOf(mapping);
  let adopted = 0;
  let first = false;
  let last: AppliedMapping['last'];
  for (const report of reportsToApply(work, mapping, ledger)) {
    const sum = sumCounts(report, externalIds, mapping.billingType);
    if (sum === undefined) continue;
    const isFirst = ledger.applied?.since !== mapping.since || ledger.applied.first === report.date;
    const day = isFirst ? later(mapping.since, report.date) : report.date;
    const period = periodContaining(contract, day);
    if (!period) continue;
    last = { date: report.date, count: sum };
    const start = isFirst && mapping.from === 'period-start' ? period.start : day;
    let changes = ledger.changes;
    if (isFirst) {
      first = true;
      moveFromElsewhere(work, mapping, start);
      const adoption = adoptBase(work, mapping, contract, period, start, report.date);
      adopted += adoption.units;
      changes = [...changes, ...adoption.changes];
    }
    const effective = (change: number) =>
      isFirst ? start : effectiveDate(mapping, change, report.date, period, contract);
    changes = applyCount(changes, lineUnits(sum, mapping, sharing), report.date, effective);
    const applied = {
      since: mapping.since,
      first: isFirst ? report.date : (ledger.applied?.first ?? report.date),
    };
    ledger = { ...ledger, changes, applied: { ...applied, through: report.date } };
  }
  work.write(ledger);
  return { ledger, adopted, first, ...(last ? { last } : {}) };
}

function reportsToApply(
  { index }: PlanWork,
  mapping: MappedService,
  ledger: UnitLedger,
): readonly UsageReport[] {
  const reports = index.reports.get(mapping.module) ?? [];
  const { applied } = ledger;
  if (applied?.since === mapping.since) return reports.filter((report) => report.date >= applied.through);
  // A new mapping begins with what is known on its first day: the newest count until then.
  const known = reports.findLastIndex((report) => report.date <= mapping.since);
  return reports.slice(Math.max(known, 0));
}

/** A billing type that went to another service of the contract takes its units along from `start`. */
function moveFromElsewhere(work: PlanWork, mapping: MappedService, start: IsoDate): void {
  for (const ledger of work.siblings(mapping)) {
    if (ledger.contractServiceId === mapping.contractServiceId) continue;
    const kept = ledger.changes.filter((change) => change.effectiveDate <= start);
    const units = finalUnits(kept);
    if (units === 0) continue;
    const moved: UnitChange = {
      effectiveDate: start,
      units: -units,
      countDate: mapping.since,
      cause: 'moved',
    };
    work.write({ ...ledger, changes: [...kept, moved] });
  }
}

/**
 * A mapping takes over the units the PSA held before: they count as its own, so that only the difference to the first
 * count is adjusted and a prorated period that existed before the mapping adds no extra units. Their billing moves to
 * the module at `start` when that is a period's first day not yet posted, else with the next period.
 * Source: product.md "Periods and items"; the original's trap (facts/icb.md §3.2).
 */
function adoptBase(
  work: PlanWork,
  mapping: MappedService,
  contract: Contract,
  period: BillingPeriod,
  start: IsoDate,
  countDate: IsoDate,
): { units: number; changes: UnitChange[] } {
  const base = work.baseLedger(mapping.contractServiceId);
  const units = base ? finalUnits(base.changes) : 0;
  const posted = (work.index.itemsByService.get(mapping.contractServiceId) ?? []).some(
    (item) => item.module === null && item.status === 'posted' && item.period.start === period.start,
  );
  const at = start === period.start && !posted ? start : nextPeriod(contract, period)?.start;
  if (!base || units === 0 || at === undefined) return { units: 0, changes: [] };
  const change = { effectiveDate: at, countDate, cause: 'adopted' } as const;
  work.write({ ...base, changes: [...base.changes, { ...change, units: -units }] });
  return { units, changes: [{ ...change, units }] };
}
