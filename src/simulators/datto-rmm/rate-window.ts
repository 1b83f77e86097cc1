export type Admission = 'ok' | 'slow' | 'throttled' | 'blocked';

export interface RateWindow {
  /** Counts a call and says how it is met. */
  admit(): Admission;
  /** Calls within the window. */
  count(): number;
  readonly limit: number;
  readonly windowMs: number;
}

/** Above this share of the limit the vendor answers late. */
export const CUT_OFF_RATIO = 0.9;

/** Refused calls within a window after which the vendor blocks the address. */
const PATIENCE = 20;

/**
 * The vendor's limit: `limit` calls in a rolling 60 s; above 90 % answers come late, over it 429, and a caller who goes
 * on regardless is blocked with 403 for 5 minutes. `scale` shortens all times, for tests.
 */
export function createRateWindow(limit: number, scale: number, now: () => number): RateWindow {
  const windowMs = 60_000 * scale;
  let calls: number[] = [];
  let blockedUntil = Number.NEGATIVE_INFINITY;

  function count(): number {
    const since = now() - windowMs;
    calls = calls.filter((at) => at > since);
    return calls.length;
  }

  function admit(): Admission {
    if (now() < blockedUntil) return 'blocked';
    const before = count();
    calls.push(now());
    if (before >= limit + PATIENCE) {
      blockedUntil = now() + 300_000 * scale;
      return 'blocked';
    }
    if (before >= limit) return 'throttled';
    return before >= limit * CUT_OFF_RATIO ? 'slow' : 'ok';
  }

  return { admit, count, limit, windowMs };
}
