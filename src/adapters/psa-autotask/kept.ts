import type { PsaCall } from '../../ports/psa.ts';

/** Something read from the vendor that stays good for a while. */
export interface Kept<T> {
  get(call: PsaCall): Promise<T>;
  /** Reads it anew at the next asking, unless somebody has done so since `seen` was given out. */
  drop(seen: T): void;
}

/**
 * Reads once for everybody who asks at the same time, and keeps what came for `forMs`. The reading goes on for the others
 * when one of them stops waiting; a failed one is not kept.
 */
export function keep<T>(read: (call: PsaCall) => Promise<T>, now: () => number, forMs: number): Kept<T> {
  let held: { readonly value: T; readonly until: number } | undefined;
  let underWay: Promise<T> | undefined;

  function start(call: PsaCall): Promise<T> {
    const reading = read({ ...call, signal: new AbortController().signal });
    underWay = reading
      .then((value) => {
        held = { value, until: now() + forMs };
        return value;
      })
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  }

  return {
    async get(call) {
      call.signal.throwIfAborted();
      if (held !== undefined && now() < held.until) return held.value;
      return unlessStopped(underWay ?? start(call), call.signal);
    },
    drop(seen) {
      if (held?.value === seen) held = undefined;
    },
  };
}

function unlessStopped<T>(reading: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    reading.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
