import { type BillingPeriod, nextPeriodStart } from '../domain/billing-period.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { MappedService } from '../domain/service-mapping.ts';
import { finalUnits, type UnitChange, unitsOn } from '../domain/unit-ledger.ts';
import type { PlanWork } from './plan-work.ts';

/**
 * A billing type that went to another service of the contract takes its units along from `start`, and what was promised
 * there for later is gone. Units adopted from the PSA's own stay with it until their billing has moved.
 * @returns how many units moved
 */
export function moveFromElsewhere(work: PlanWork, mapping: MappedService, start: IsoDate): number {
  let moved = 0;
  for (const ledger of work.siblings(mapping)) {
    if (ledger.contractServiceId === mapping.contractServiceId) continue;
    const kept = ledger.changes.filter(
      (change) => change.effectiveDate <= start || change.cause === 'adopted',
    );
    const units = finalUnits(kept);
    const away: UnitChange[] =
      units === 0 ? [] : [{ effectiveDate: start, units: -units, countDate: mapping.since, cause: 'moved' }];
    if (kept.length + away.length === ledger.changes.length && units === 0) continue;
    work.write({ ...ledger, changes: [...kept, ...away] });
    moved += units;
  }
  return moved;
}

/**
 * A mapping takes over the units the PSA held before: they count as its own, so that only the difference to the first
 * count is adjusted and a prorated period that existed before the mapping adds no extra units. Their billing moves to
 * the module at `start` when that is a period's first day not yet posted, else with the next period.
 * Source: product.md "Periods and items"; the original's trap (facts/icb.md §3.2).
 */
export function adoptBase(
  work: PlanWork,
  mapping: MappedService,
  period: BillingPeriod,
  start: IsoDate,
  countDate: IsoDate,
): { units: number; changes: UnitChange[] } {
  const base = work.baseLedger(mapping.contractServiceId);
  if (!base || finalUnits(base.changes) === 0) return { units: 0, changes: [] };
  const units = unitsOn(base.changes, start);
  const posted = work
    .items(mapping.contractServiceId)
    .some((item) => item.module === null && item.status === 'posted' && item.period.start === period.start);
  const effectiveDate = start === period.start && !posted ? start : nextPeriodStart(work.contract, period);
  const change = { effectiveDate, countDate, cause: 'adopted' } as const;
  const kept = base.changes.filter((each) => each.effectiveDate <= effectiveDate);
  work.write({ ...base, changes: [...kept, { ...change, units: -finalUnits(kept) }] });
  return { units, changes: [{ ...change, units }] };
}
