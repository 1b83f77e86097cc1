import { isIcbError } from '../domain/errors.ts';
import type { ModuleId } from '../domain/ids.ts';
import type { ModuleOutcome } from '../domain/sync-run.ts';
import type { UsageAnswer, UsageSource } from '../ports/usage-source.ts';

export interface ModuleCount {
  readonly outcome: ModuleOutcome;
  /** Undefined when the module failed: unknown is not zero. */
  readonly answer?: UsageAnswer;
  /** An error nobody foresaw, for the log. */
  readonly unexpected?: unknown;
}

/**
 * Counts one module within `timeoutMs`, retries included. Never throws: a failure is an outcome with its problem in
 * words.
 */
export async function countModule(
  source: UsageSource,
  timeoutMs: number,
  onProgress: (outcome: ModuleOutcome) => void = () => {},
): Promise<ModuleCount> {
  let requests = 0;
  const signal = AbortSignal.timeout(timeoutMs);
  const outcome = (more: Partial<ModuleOutcome>): ModuleOutcome => ({
    ...notCounted(source.module),
    ...more,
    requests,
  });
  const onRequest = () => {
    requests += 1;
    onProgress(outcome({}));
  };
  try {
    const answer = await Promise.race([source.count({ signal, onRequest }), over(signal)]);
    const counts = answer.counts.filter((count) => count.quantity !== 0).length;
    const moduleOrganizations = answer.organizations.length;
    return { outcome: outcome({ state: 'done', counts, moduleOrganizations }), answer };
  } catch (error) {
    if (signal.aborted) return { outcome: outcome({ state: 'failed', problem: tooSlow(timeoutMs) }) };
    if (isIcbError(error)) return { outcome: outcome({ state: 'failed', problem: error.message }) };
    return {
      outcome: outcome({
        state: 'failed',
        problem: 'The module could not be counted because of an unexpected error.',
      }),
      unexpected: error,
    };
  }
}

/** Rejects when time is over, for a source that does not look at the signal. */
const over = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

export const notCounted = (id: ModuleId): ModuleOutcome => ({
  id,
  state: 'running',
  counts: 0,
  requests: 0,
  moduleOrganizations: 0,
  newModuleOrganizations: 0,
});

const tooSlow = (timeoutMs: number): string =>
  `The module did not answer completely within ${Math.round(timeoutMs / 1000)} s; its counts stay unknown. Try again, or wait for the night.`;
