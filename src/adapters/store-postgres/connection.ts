import { AsyncLocalStorage } from 'node:async_hooks';
import { IcbError, isIcbError } from '../../domain/errors.ts';

/** SQLSTATE classes and codes that say that the connection or the server is gone, not that the statement is wrong. */
const GONE = /^(08|57P0[1-5]|53300|25P0[34])/;
const SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
/** pg's own words, which carry no code. */
const WORDS =
  /connection (terminated|ended)|timeout exceeded when trying to connect|not queryable|Client has/i;

export function connectionLost(error: unknown): boolean {
  if (!(error instanceof Error) || isIcbError(error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (GONE.test(code) || SYSTEM.has(code))) return true;
  if (error instanceof AggregateError) return error.errors.some(connectionLost);
  return code === undefined && WORDS.test(error.message);
}

export interface Patience {
  /** How long a call goes on trying while the server is away, in milliseconds. */
  readonly callMs: number;
  /** The same for what a sync run does: a night outlasts a restart of the server. */
  readonly runMs: number;
  /** The machine's clock, in milliseconds since 1970. */
  readonly now: () => number;
  readonly delay: (ms: number) => Promise<unknown>;
}

/** Set while work runs that may wait for longer. */
export const unhurried = new AsyncLocalStorage<true>();

const LONGEST_PAUSE_MS = 1_000;

/**
 * Does `work` again while the connection is lost, up to the patience there is. Once a call has waited in vain, the next
 * ones ask the server once and do not wait, until it is back: a probe of `/readyz` is told at once.
 */
export function patient({ callMs, runMs, now, delay }: Patience) {
  let isAway = false;
  return async <T>(work: (attempt: number) => Promise<T>): Promise<T> => {
    let away: number | undefined;
    for (let attempt = 0; ; attempt++) {
      try {
        const done = await work(attempt);
        isAway = false;
        return done;
      } catch (error) {
        if (!connectionLost(error)) throw error;
        away ??= now();
        const patience = unhurried.getStore() ? runMs : isAway ? 0 : callMs;
        if (now() - away >= patience) {
          isAway = true;
          throw unavailable(error);
        }
        await delay(Math.min(LONGEST_PAUSE_MS, 25 * 2 ** attempt));
      }
    }
  };
}

export type Patiently = ReturnType<typeof patient>;

/** The driver's own message may hold the address and the user, so it goes into the log only as the cause's code. */
const unavailable = (error: unknown): IcbError => {
  const { code } = error as { code?: unknown };
  return new IcbError(
    'store-unavailable',
    `PostgreSQL does not answer${typeof code === 'string' ? ` (${code})` : ''}. icb goes on by itself once it is back; look whether what you did is there before you repeat it.`,
  );
};
