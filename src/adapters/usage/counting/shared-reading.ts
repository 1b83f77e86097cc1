import type { Call } from '../../http/vendor-session.ts';

interface Flight<T> {
  readonly reading: Promise<T>;
  /** Who waits for it, in the order they came. */
  readonly waiting: Set<Call>;
  readonly stop: AbortController;
}

/**
 * One reading for all who ask while it is under way: modules that share a vendor account are counted side by side in a
 * run, and need not read the same list each for itself. A reading that has ended is never given again: counts are of
 * now. It is stopped once nobody waits for it any more; its requests are told to the first who still waits.
 */
export function sharedReading<T>(read: (call: Call) => Promise<T>): (call: Call) => Promise<T> {
  let flight: Flight<T> | undefined;

  /** Waited for from its very first request on. */
  function depart(first: Call): Flight<T> {
    const stop = new AbortController();
    const waiting = new Set([first]);
    const onRequest = () => waiting.values().next().value?.onRequest?.();
    // It begins once the first caller can be heard giving up.
    const reading = Promise.resolve()
      .then(() => read({ signal: stop.signal, onRequest }))
      .finally(() => {
        if (flight?.reading === reading) flight = undefined;
      });
    // Everybody may have left before it ended.
    reading.catch(() => {});
    return { reading, waiting, stop };
  }

  function leave(left: Flight<T>, call: Call): void {
    left.waiting.delete(call);
    if (left.waiting.size > 0) return;
    if (flight === left) flight = undefined;
    left.stop.abort();
  }

  return async (call) => {
    // Reads for itself, to fail as the vendor's client does.
    if (call.signal.aborted) return read(call);
    const joined = flight ?? depart(call);
    flight = joined;
    joined.waiting.add(call);
    const { reading } = joined;
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => {
        leave(joined, call);
        // The last to leave hears how the reading ended; the others, what an aborted read answers.
        (joined.waiting.size > 0 ? read(call) : reading).then(resolve, reject);
      };
      call.signal.addEventListener('abort', onAbort, { once: true });
      reading
        .finally(() => {
          call.signal.removeEventListener('abort', onAbort);
          joined.waiting.delete(call);
        })
        .then(resolve, reject);
    });
  };
}
