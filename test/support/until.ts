import { setTimeout as wait } from 'node:timers/promises';

/** A machine may be slow; what has not come by then does not come. */
const LONGEST_MS = 90_000;

/**
 * Looks again and again until what it sees `is` as wanted.
 * @param what says what was waited for in vain, and what there was instead
 */
export async function until<T>(
  look: () => T | Promise<T>,
  is: (seen: T) => boolean,
  what: (seen: T) => string,
  everyMs = 50,
): Promise<T> {
  const began = performance.now();
  for (;;) {
    const seen = await look();
    if (is(seen)) return seen;
    if (performance.now() - began > LONGEST_MS)
      throw new Error(`In ${LONGEST_MS / 1000} seconds, in vain: ${what(seen)}`);
    await wait(everyMs);
  }
}
