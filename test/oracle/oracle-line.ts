import type { BookContract, LineKey, ServiceDecision } from './event-log.ts';
import { type Day, dayIn } from './oracle-days.ts';
import { isHeld } from './oracle-holds.ts';
import type { Adoption, Entry, Lane } from './oracle-lane.ts';
import { periodOf } from './oracle-periods.ts';

export interface Exclusion {
  readonly from: Day;
  readonly until: Day;
  readonly units?: number;
}

/** One lane while it grows. */
export interface GrowingLane extends Lane {
  readonly entries: Entry[];
  adoption: Adoption | undefined;
}

/** What people decided on one billing type of one contract, and what waits for them. */
export interface Line {
  readonly key: LineKey;
  readonly contract: BookContract;
  /** Undefined: ignored. */
  mapped: (ServiceDecision & { readonly since: Day }) | undefined;
  /** The service it fed last; on another one it starts with a clean history. */
  service: string | undefined;
  /** `since` of the mapping whose first count has been applied, and the day it was applied as. */
  begun: { readonly since: Day; readonly day: Day } | undefined;
  /** Days that wait for a person, oldest first. */
  held: Day[];
  /** Held days that a later count within the limits has put aside: never applied, and in no median. */
  readonly dropped: Set<Day>;
  /** A person let counts through up to this day. */
  releasedThrough: Day;
  readonly exclusions: Exclusion[];
  /** The last sync, by number, that looked at its counts. */
  seen: number;
}

export const newLine = ({ contractId, module, billingType }: LineKey, contract: BookContract): Line => ({
  key: { contractId, module, billingType },
  contract,
  mapped: undefined,
  service: undefined,
  begun: undefined,
  held: [],
  dropped: new Set(),
  releasedThrough: 0,
  exclusions: [],
  seen: 0,
});

export const hasBegun = ({ begun, mapped }: Line): boolean =>
  begun !== undefined && begun.since === mapped?.since;

/** Where the first count of a mapping holds from, counted on `day`. */
export const firstFrom = ({ contract, mapped }: Line, day: Day): Day =>
  mapped?.from === 'period-start' ? periodOf(contract, day).start : day;

export const beginsOn = ({ contract, mapped }: Line): Day =>
  Math.max(mapped?.since ?? 0, dayIn(contract.startDate));

/** An exclusion without units keeps the day's count out altogether. */
export const isLeftOut = ({ exclusions }: Line, day: Day): boolean =>
  exclusions.some((each) => each.units === undefined && each.from <= day && day <= each.until);

/** What of a day's sum is billed by this line at all. */
export const lessExclusions = ({ exclusions }: Line, day: Day, sum: number): number =>
  exclusions
    .filter((each) => each.from <= day && day <= each.until)
    .reduce((left, { units = 0 }) => left - Math.min(left, units), sum);

/** Part of a whole count by percent; the lowest contract id takes what is left over. */
export function partOf(count: number, mine: ServiceDecision, all: readonly ServiceDecision[]): number {
  if (mine.share === undefined) return count;
  const part = ({ share = 0 }: ServiceDecision) =>
    Number((BigInt(count) * BigInt(Math.round(share * 100))) / 10_000n);
  const lowest = [...all].sort((a, b) => (a.contractId < b.contractId ? -1 : 1))[0];
  const rest = count - all.reduce((sum, each) => sum + part(each), 0);
  return part(mine) + (lowest?.contractId === mine.contractId ? rest : 0);
}

export const lastUnits = ({ entries }: Lane): number => {
  const last = entries.at(-1);
  return last?.kind === 'count' ? last.units : 0;
};

/** Tests a count, and notes that it is held or that the line has returned from a hold. */
export function waits(
  line: Line,
  day: Day,
  count: number,
  inForce: number,
  nothingLeft: boolean,
  known: (day: Day) => number | undefined,
): boolean {
  const undecided = (each: Day) => line.held.includes(each) || line.dropped.has(each);
  const decided = day <= line.releasedThrough || isLessened(line, day);
  const first = !hasBegun(line) || line.begun?.day === day;
  const through = (each: Day) => (undecided(each) ? undefined : known(each));
  if (!decided && isHeld(day, count, inForce, nothingLeft, through, first)) {
    line.held.push(day);
    return true;
  }
  if (!decided) for (const each of line.held) line.dropped.add(each);
  line.held = [];
  return false;
}

/** A person has said how many of the day's units not to bill. */
const isLessened = ({ exclusions }: Line, day: Day): boolean =>
  exclusions.some((each) => each.units !== undefined && each.from <= day && day <= each.until);
