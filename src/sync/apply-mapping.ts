import { type Hold, holdOf } from '../billing/hold-test.ts';
import { applyCount, effectiveDate } from '../billing/unit-rules.ts';
import { type BillingPeriod, periodContaining } from '../domain/billing-period.ts';
import { addDays, type IsoDate, later } from '../domain/calendar.ts';
import type { MappedService } from '../domain/service-mapping.ts';
import { finalUnits, type UnitChange, type UnitLedger } from '../domain/unit-ledger.ts';
import { type DayToApply, daysToApply, takenIn } from './days-to-apply.ts';
import { type LineCount, LineCounts } from './line-counts.ts';
import { isCountedAfter } from './ordinary-line.ts';
import type { PlanWork } from './plan-work.ts';
import { adoptBase, moveFromElsewhere } from './take-over-units.ts';

/** Counts that wait for a person. */
export interface Held extends Hold {
  /** The first day that waits, and the day its change would take hold. */
  readonly since: IsoDate;
  readonly effectiveDate: IsoDate;
  readonly inForce: number;
  /** By the newest held count. */
  readonly units: number;
  readonly last: { readonly date: IsoDate; readonly count: number };
}

export interface AppliedMapping {
  readonly ledger: UnitLedger;
  /** Units taken over from the PSA's own in this plan. */
  readonly adopted: number;
  /** Units that came along from other services of the contract. */
  readonly moved: number;
  readonly first: boolean;
  /** The newest day whose count is known, with that count; undefined when no day's is. */
  readonly last?: { readonly date: IsoDate; readonly count: number; readonly less?: number };
  readonly held?: Held;
  /** The first day of counts that were held until a later one was within the limits. */
  readonly returnedFrom?: IsoDate;
  /** The newest day was taken out by an exclusion. */
  readonly excluded?: boolean;
}

type Counted = Extract<LineCount, { excluded: false }>;

/** One line while its days are applied. */
interface Line {
  readonly work: PlanWork;
  readonly mapping: MappedService;
  readonly counts: LineCounts;
}

/**
 * Applies to a mapping's ledger every daily count that is not taken in yet, each with its own date, in the order of
 * days. A recount of a day replaces what that day did; the same counts again change nothing. From a count that waits for
 * a person on, days are not taken in, so that a release replays each with its own date; a count within the limits ends
 * the wait, and the days before it are dropped.
 */
export function applyMapping(work: PlanWork, mapping: MappedService, before: UnitLedger): AppliedMapping {
  const module = work.module(mapping.module);
  const line = { work, mapping, counts: new LineCounts(work, mapping, module) };
  const applied = applyDays(line, before, daysToApply(work, mapping, module, before));
  if (applied.ledger !== before) work.write(applied.ledger);
  return applied;
}

function applyDays(line: Line, before: UnitLedger, days: readonly DayToApply[]): AppliedMapping {
  let so: AppliedMapping = { ledger: before, adopted: 0, moved: 0, first: false };
  for (const day of days) {
    const counted = line.counts.on(day.report, day.day);
    if (!counted.known) continue;
    so = counted.excluded
      ? { ...so, excluded: true }
      : applyDay(line, { ...so, excluded: false }, day, counted);
  }
  const waiting = so.held ? days.findIndex(({ day }) => day >= (so.held?.since ?? day)) : -1;
  const taken = (waiting < 0 ? days : days.slice(0, waiting)).map(({ report }) => report);
  return { ...so, ledger: takenIn(so.ledger, taken) };
}

function applyDay(
  line: Line,
  so: AppliedMapping,
  { day, report }: DayToApply,
  counted: Counted,
): AppliedMapping {
  const { work, mapping } = line;
  const { contract } = work;
  const period = periodContaining(contract, day);
  if (!period) return so;
  const last = {
    date: report.date,
    count: counted.count,
    ...(counted.less > 0 ? { less: counted.less } : {}),
  };
  const begun = so.ledger.applied?.since === mapping.since ? so.ledger.applied : undefined;
  const first = !begun || begun.first === day;
  const start = first && mapping.from === 'period-start' ? period.start : day;
  const effective = (change: number) => {
    if (first) return start;
    const from = effectiveDate(mapping, change, day, period, contract);
    // A peak raises the whole period, but none of the days before a mapping that began today.
    return from !== undefined && mapping.from === 'today' ? later(from, begun.first) : from;
  };

  const hold = waitsFor(line, so, day, counted, begun === undefined ? period : undefined);
  if (hold) {
    const inForce = unitsSoFar(line, so, begun === undefined);
    const since = so.held?.since ?? day;
    const from = so.held?.effectiveDate ?? effective(counted.units - inForce) ?? day;
    return { ...so, held: { ...hold, since, effectiveDate: from, inForce, units: counted.units, last } };
  }
  const returned = so.held ? { returnedFrom: so.held.since } : {};
  const { held: _, ...settled } = { ...so, ledger: withoutHeld(so, day), ...returned };

  const newer = isCountedAfter(settled.ledger.changes, day);
  // Already so: what is promised for a later day keeps the date it was promised with.
  if (begun && !newer && counted.units === finalUnits(settled.ledger.changes))
    return { ...settled, first: so.first || first, last };
  const adoption = begun ? NOTHING : adoptBase(work, mapping, period, start, day);
  const moved = begun ? 0 : moveFromElsewhere(work, mapping, start);
  const own = first ? heldUntil(settled.ledger.changes, start) : settled.ledger.changes;
  const taken = adoption.units === 0 ? own : [...own, ...adoption.changes];
  const changes = applyCount(taken, counted.units, day, effective);
  const applied = begun ?? { since: mapping.since, first: day, through: report.date };
  const unchanged = begun !== undefined && changes === settled.ledger.changes;
  return {
    ...settled,
    ledger: unchanged ? settled.ledger : { ...settled.ledger, changes, applied },
    adopted: so.adopted + adoption.units,
    moved: so.moved + moved,
    first: so.first || first,
    last,
  };
}

/** A first count holds from `start` on, whatever an earlier mapping had changed after it. */
const heldUntil = (changes: UnitChange[], start: IsoDate): UnitChange[] =>
  changes.some((change) => change.effectiveDate > start && change.cause !== 'adopted')
    ? changes.filter((change) => change.effectiveDate <= start || change.cause === 'adopted')
    : changes;

const NOTHING = { units: 0, changes: [] };

/** Units of the line so far; before a mapping's first count, those it would take over from the PSA. */
function unitsSoFar({ work, mapping }: Line, so: AppliedMapping, unbegun: boolean): number {
  const base = unbegun ? work.baseLedger(mapping.contractServiceId) : undefined;
  return finalUnits(so.ledger.changes) + (base ? finalUnits(base.changes) : 0);
}

/** Why the day's count waits for a person; a day that a person decided on never does. */
function waitsFor(
  line: Line,
  so: AppliedMapping,
  day: IsoDate,
  { units, nothing, lessened }: Counted,
  unbegunIn: BillingPeriod | undefined,
): Hold | undefined {
  const limits = line.work.index.input.holdLimits;
  const released = line.counts.decisions?.releases.some((release) => day <= release.through) ?? false;
  if (!limits || released || lessened) return undefined;
  const { dropped } = so.ledger;
  const heldSince = so.held?.since;
  const leaveOut = (other: IsoDate) =>
    dropped?.includes(other) === true || (heldSince !== undefined && other >= heldSince);
  return holdOf(
    {
      units,
      nothing,
      inForce: unitsSoFar(line, so, unbegunIn !== undefined),
      // Counted again on its day, a first count is still one.
      first: unbegunIn !== undefined || so.ledger.applied?.first === day,
      history: line.counts.before(day, leaveOut),
    },
    limits,
  );
}

const REMEMBERED_DAYS = 31;

/** The ledger after a held stretch ended by itself on `day`: its days stay out of later comparisons. */
function withoutHeld({ ledger, held }: AppliedMapping, day: IsoDate): UnitLedger {
  if (!held) return ledger;
  const days: IsoDate[] = [];
  for (let each = held.since; each < day; each = addDays(each, 1)) days.push(each);
  const oldest = addDays(day, -REMEMBERED_DAYS);
  return { ...ledger, dropped: [...(ledger.dropped ?? []), ...days].filter((each) => each >= oldest) };
}
