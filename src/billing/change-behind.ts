import type { BillingItem } from '../domain/billing-item.ts';
import { addDays, type IsoDate } from '../domain/calendar.ts';
import { type UnitChange, unitsOn } from '../domain/unit-ledger.ts';

/** Which change of units an item comes from. */
export interface ChangeBehind {
  readonly cause: UnitChange['cause'];
  /** The day whose count caused it. */
  readonly countDate: IsoDate;
  readonly effectiveDate: IsoDate;
  /** Units in force the day before the item's, and on it. */
  readonly before: number;
  readonly after: number;
  /** Units among `after` that were on the service before it was mapped. */
  readonly adopted: number;
  /** Units of the same count that are billed with no module until the next period. */
  readonly adoptedLater: number;
}

/**
 * The newest change that takes effect on the item's day, or else the newest one before it, whose units the item carries
 * on. Undefined where the ledger holds none, such as after an import of old items.
 */
export function changeBehind(
  changes: readonly UnitChange[],
  { itemDate }: Pick<BillingItem, 'itemDate'>,
): ChangeBehind | undefined {
  const begun = changes.filter((change) => change.effectiveDate <= itemDate && change.units !== 0);
  const newest = begun.toSorted(newestFirst)[0];
  if (!newest) return undefined;
  const adopted = changes.filter((change) => change.cause === 'adopted' && change.units > 0);
  return {
    cause: newest.cause,
    countDate: newest.countDate,
    effectiveDate: newest.effectiveDate,
    before: unitsOn(changes, addDays(itemDate, -1)),
    after: unitsOn(changes, itemDate),
    adopted: sum(adopted.filter((change) => change.countDate === newest.countDate && begun.includes(change))),
    adoptedLater: sum(adopted.filter((change) => change.effectiveDate > itemDate)),
  };
}

/** Of what began on one day, the change of a count tells more than the units it found there. */
const newestFirst = (a: UnitChange, b: UnitChange): number =>
  order(b.effectiveDate, a.effectiveDate) ||
  order(b.countDate, a.countDate) ||
  Number(b.cause === 'count') - Number(a.cause === 'count');

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sum = (changes: readonly UnitChange[]): number =>
  changes.reduce((total, change) => total + change.units, 0);
