import { type BillingPeriod, type ContractDates, nextPeriod } from '../domain/billing-period.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { DropRule, UnitRule } from '../domain/service-mapping.ts';
import type { UnitChange, UnitLedger } from '../domain/unit-ledger.ts';

export interface Rule {
  readonly unitRule: UnitRule;
  readonly dropRule?: DropRule | undefined;
}

/**
 * The day from which a change counted on `date` is in force, or undefined when that lies after the contract's end.
 * A count taken on a period's first day belongs to that period under every rule.
 * Source: product.md "Unit rules".
 */
export function effectiveDate(
  rule: Rule,
  change: number,
  date: IsoDate,
  period: BillingPeriod,
  contract: ContractDates,
): IsoDate | undefined {
  if (date === period.start) return date;
  switch (ruleFor(rule, change)) {
    case 'prorate-daily':
      return date;
    case 'next-period':
      return nextPeriod(contract, period)?.start;
    case 'peak':
      // The highest daily sum bills the whole period; a drop waits for the next one.
      return change > 0 ? period.start : nextPeriod(contract, period)?.start;
  }
}

/** `dropRule` treats drops apart from adds; it does not apply to `peak`. */
const ruleFor = ({ unitRule, dropRule }: Rule, change: number): UnitRule =>
  unitRule !== 'peak' && change < 0 && dropRule ? dropRule : unitRule;

/** A change that is not replaced by later counts of its own day or by a newer target. */
const settled = (change: UnitChange, date: IsoDate): boolean =>
  change.effectiveDate <= date || change.cause === 'adopted';

/**
 * The ledger after the count of `date` says `target` units. What later days had been promised by earlier counts is
 * replaced: the newest count alone decides what comes. Counting the same day again gives the same ledger.
 * @returns `changes` itself where nothing is to be added or taken away
 */
export function applyCount(
  changes: UnitLedger['changes'],
  target: number,
  date: IsoDate,
  effective: (change: number) => IsoDate | undefined,
): UnitChange[] {
  const before = changes.filter((change) => change.countDate < date || change.cause !== 'count');
  const kept = before.filter((change) => settled(change, date));
  const difference = target - kept.reduce((sum, change) => sum + change.units, 0);
  const from = difference === 0 ? undefined : effective(difference);
  if (from === undefined) return kept.length === changes.length ? changes : kept;
  return [...kept, { effectiveDate: from, units: difference, countDate: date, cause: 'count' }];
}
