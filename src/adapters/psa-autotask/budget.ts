import { budgetUsedUp } from './problems.ts';

/** What Autotask said of the hourly calls of the whole database. */
export interface BudgetReading {
  readonly limit: number;
  readonly used: number;
}

/**
 * The calls that every integration of an MSP shares: 10,000 in a rolling hour unless Autotask says otherwise. icb counts
 * its own and asks now and then what the others made of it. Source: facts/apis.md §1.7.
 */
export interface Budget {
  /** Throws `psa-unavailable` when no call may be made now. */
  demand(): void;
  /** The same, and counts a call about to be made. */
  spend(): void;
  /** Counts a call that finds out how things stand, which is allowed even while stopped. */
  spendOnReading(): void;
  /** Whether Autotask should be asked before the next call. */
  readingDue(): boolean;
  learn(reading: BudgetReading): void;
  /** Autotask itself said that it is used up. @param waitMs as it asked for */
  refused(waitMs?: number): void;
  /** Milliseconds to wait before the next call; each asking takes a turn. */
  pace(): number;
  state(): { readonly used: number; readonly limit: number; readonly stoppedUntil?: Temporal.Instant };
  readonly stoppedUntil: number | undefined;
}

const WINDOW_MS = 60 * 60_000;
const USUAL_LIMIT = 10_000;
/** Above this share Autotask slows its answers down, and icb its calls. */
const SLOW = 0.75;
const SLOW_MS = 500;
/** The rest is left to the MSP's other integrations. */
const STOP = 0.95;
const CALLS_PER_READING = 300;
const READING_LASTS_MS = 30 * 60_000;
/** While the database is busy, others' calls matter more than ours. */
const BUSY_READING_LASTS_MS = 60_000;
const STOP_MS = 5 * 60_000;

export function createBudget(now: () => number): Budget {
  let calls: number[] = [];
  let reading: (BudgetReading & { readonly at: number; callsAfter: number }) | undefined;
  let stopped: number | undefined;
  let nextTurn = 0;

  const limit = () => reading?.limit ?? USUAL_LIMIT;

  function used(): number {
    const since = now() - WINDOW_MS;
    if ((calls[0] ?? since) < since) calls = calls.filter((at) => at >= since);
    if (reading === undefined || reading.at < since) return calls.length;
    return Math.max(calls.length, reading.used + reading.callsAfter);
  }

  function count(): void {
    calls.push(now());
    if (reading) reading.callsAfter++;
  }

  function stopFor(ms: number): number {
    stopped = now() + ms;
    return stopped;
  }

  const stoppedUntil = () => (stopped !== undefined && now() < stopped ? stopped : undefined);

  function demand(): void {
    const until = stoppedUntil();
    if (until !== undefined) throw budgetUsedUp(until);
    if (used() >= limit() * STOP) throw budgetUsedUp(stopFor(STOP_MS));
  }

  return {
    demand,
    spend() {
      demand();
      count();
    },
    spendOnReading: count,
    readingDue() {
      if (stoppedUntil() !== undefined) return false;
      if (reading === undefined || stopped !== undefined) return true;
      const age = now() - reading.at;
      const lasts = used() >= limit() * SLOW ? BUSY_READING_LASTS_MS : READING_LASTS_MS;
      return age > lasts || reading.callsAfter >= CALLS_PER_READING;
    },
    learn(told) {
      reading = { ...told, at: now(), callsAfter: 0 };
      stopped = undefined;
    },
    refused(waitMs = STOP_MS) {
      stopFor(waitMs);
    },
    pace() {
      if (used() < limit() * SLOW) return 0;
      const turn = Math.max(now(), nextTurn);
      nextTurn = turn + SLOW_MS;
      return turn - now();
    },
    state() {
      const until = stoppedUntil();
      return {
        used: used(),
        limit: limit(),
        ...(until === undefined ? {} : { stoppedUntil: Temporal.Instant.fromEpochMilliseconds(until) }),
      };
    },
    get stoppedUntil() {
      return stoppedUntil();
    },
  };
}
