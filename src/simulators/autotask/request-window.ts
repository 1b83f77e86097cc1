/** Calls of the rolling hour, of every integration together. */
export interface RequestWindow {
  /** Counts a call; false where the hour's calls are used up, and then it is not counted. */
  admit(): boolean;
  count(): number;
  /** What the vendor adds to each answer at the present use: nothing, half a second, a second. */
  delayMs(): number;
  readonly threshold: number;
}

/** @param scale shortens the hour and the delays alike: 0.001 makes the hour 3.6 s */
export function createRequestWindow(threshold: number, scale: number, now: () => number): RequestWindow {
  const windowMs = 3_600_000 * scale;
  let calls: number[] = [];

  function count(): number {
    const since = now() - windowMs;
    const stale = calls.findIndex((at) => at > since);
    if (stale !== 0) calls = stale === -1 ? [] : calls.slice(stale);
    return calls.length;
  }

  return {
    threshold,
    count,
    admit: () => {
      if (count() >= threshold) return false;
      calls.push(now());
      return true;
    },
    delayMs: () => {
      const used = count() / threshold;
      return (used >= 0.75 ? 1_000 : used >= 0.5 ? 500 : 0) * scale;
    },
  };
}
