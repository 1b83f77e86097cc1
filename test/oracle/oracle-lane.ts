import type { BookContract, DropRule, UnitRule } from './event-log.ts';
import { type Day, dayIn } from './oracle-days.ts';
import { type Period, periodOf, periodsUntil } from './oracle-periods.ts';

/** What a lane lives through, in order. */
export type Entry =
  | {
      readonly kind: 'count';
      readonly day: Day;
      readonly units: number;
      readonly unitRule: UnitRule;
      readonly dropRule: DropRule | undefined;
      /** The first count of a mapping holds from here, whatever the rule. */
      readonly from: Day | undefined;
    }
  /** The billing type went to another service. */
  | { readonly kind: 'leave'; readonly from: Day };

/** Units the PSA held before, taken over by a lane; until `moves` they are billed with no module. */
export interface Adoption {
  readonly units: number;
  readonly from: Day;
  readonly moves: Day;
}

/** One billing type on one contract service: whatever bills as one row of items. */
export interface Lane {
  readonly contract: BookContract;
  readonly contractServiceId: string;
  readonly module: string;
  readonly billingType: string;
  readonly entries: readonly Entry[];
  readonly adoption: Adoption | undefined;
}

/** Units on each day, by day since `origin`. */
export interface UnitsByDay {
  readonly origin: Day;
  readonly units: readonly number[];
}

/** More than the longest period: what is promised for the next one has room. */
const AHEAD = 40;

/**
 * The units in force on every day as far as they are known or promised. Slow on purpose: the whole history again from
 * the first day, one array cell per day.
 */
export function unitsInForce({ contract, entries }: Lane, until: Day): UnitsByDay {
  const origin = dayIn(contract.startDate);
  const units = Array.from({ length: Math.max(0, until - origin) + AHEAD }, () => 0);
  const fill = (from: Day, value: number) => units.fill(value, Math.max(0, from - origin));
  const periods = periodsUntil({ ...contract, endDate: null }, until + AHEAD);
  let begun = origin;
  let last: number | undefined;
  for (const entry of entries) {
    if (entry.kind === 'leave') {
      fill(entry.from, 0);
      last = undefined;
      continue;
    }
    if (entry.from !== undefined) begun = entry.from;
    else if (entry.units === last) continue;
    last = entry.units;
    const period = periods.find(({ start, next }) => start <= entry.day && entry.day < next);
    if (!period) throw new Error('counted outside the contract');
    for (const [from, value] of takesHold(entry, period, units[entry.day - origin] ?? 0, begun))
      fill(from, value);
  }
  return { origin, units };
}

type Count = Extract<Entry, { kind: 'count' }>;

/** What a count fills: from which day on which units, a later one over an earlier one. */
function takesHold(
  { day, units, unitRule, dropRule, from }: Count,
  period: Period,
  inForce: number,
  begun: Day,
): [Day, number][] {
  if (from !== undefined) return [[from, units]];
  if (day === period.start) return [[day, units]];
  const next: [Day, number][] = [
    [day, inForce],
    [period.next, units],
  ];
  if (units === inForce) return [[day, units]];
  if (unitRule === 'peak') return units > inForce ? [[Math.max(period.start, begun), units]] : next;
  const rule = units < inForce ? (dropRule ?? unitRule) : unitRule;
  return rule === 'prorate-daily' ? [[day, units]] : next;
}

/** Units the lane bills: what is in force, without what is still billed with no module. */
export function billedUnits(lane: Lane, until: Day): UnitsByDay {
  const { origin, units } = unitsInForce(lane, until);
  const { adoption } = lane;
  if (!adoption) return { origin, units };
  // A line that goes to another service takes along what it found here, from where it begins there.
  const starts = lane.entries.flatMap((entry) => entry.from ?? []);
  const begun = Math.min(...starts);
  return {
    origin,
    units: units.map((value, i) => {
      const day = origin + i;
      return day >= begun && day < adoption.moves ? value - adoption.units : value;
    }),
  };
}

/** Units the PSA held with no module: from each reading's period on, until a mapping has taken them over. */
export function baseUnits(
  contract: BookContract,
  readings: readonly { readonly day: Day; readonly units: number }[],
  moves: Day | undefined,
  until: Day,
): UnitsByDay {
  const origin = dayIn(contract.startDate);
  const units = Array.from({ length: Math.max(0, until - origin) + AHEAD }, () => 0);
  for (const reading of readings) {
    const { start } = periodOf({ ...contract, endDate: null }, Math.max(reading.day, origin));
    units.fill(reading.units, start - origin);
  }
  if (moves !== undefined) units.fill(0, Math.max(0, moves - origin));
  return { origin, units };
}
