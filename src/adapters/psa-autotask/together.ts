import type { PsaCall } from '../../ports/psa.ts';

/** Runs what hangs together: when one reading fails the others are stopped, for nothing will be taken over. */
export async function together<T>(call: PsaCall, work: (call: PsaCall) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  try {
    return await work({ ...call, signal: AbortSignal.any([call.signal, stop.signal]) });
  } catch (error) {
    stop.abort();
    throw error;
  }
}
