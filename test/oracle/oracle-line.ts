import type { BookContract, LineKey, ServiceDecision } from './event-log.ts';
import { type Day, dayIn } from './oracle-days.ts';
import { type HoldReason, heldBecause } from './oracle-holds.ts';
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
  /** `since` of the mapping whose first count has been applied. */
  begun: Day | undefined;
  firstDay: Day | undefined;
  hold: { readonly from: Day; readonly reason: HoldReason; readonly days: Day[] } | undefined;
  /** Held days a person has let through, to be replayed. */
  decided: Day[];
  /** Days whose counts were never applied. */
  readonly left: Set<Day>;
  readonly exclusions: Exclusion[];
}

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

/** Tests a count and notes a hold, or the return from one. */
export function waits(
  line: Line,
  day: Day,
  count: number,
  inForce: number,
  known: (day: Day) => number | undefined,
  isFirst: boolean,
): boolean {
  const through = (d: Day) => (line.hold?.days.includes(d) || line.left.has(d) ? undefined : known(d));
  const reason = heldBecause(day, count, inForce, through, isFirst);
  if (reason) {
    line.hold ??= { from: day, reason, days: [] };
    if (!line.hold.days.includes(day)) line.hold.days.push(day);
    return true;
  }
  for (const each of line.hold?.days ?? []) line.left.add(each);
  line.hold = undefined;
  return false;
}
