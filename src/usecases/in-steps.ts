import { setImmediate } from 'node:timers/promises';

/** Goes through work that pauses now and then, and lets whatever else waits have its turn at each pause. */
export async function inSteps<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
