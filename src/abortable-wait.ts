import { setTimeout } from 'node:timers/promises';

/** Waits so long, or until the signal; never rejects. */
export const abortableWait = async (ms: number, signal: AbortSignal): Promise<void> => {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
};
