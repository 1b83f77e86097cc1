/** How patient a client is with one vendor. Waits are milliseconds, one entry per retry. */
export interface RetryPolicy {
  /** After a 5xx answer, a timeout or a broken connection. */
  readonly failureWaits: readonly number[];
  /** After 429 without a Retry-After the vendor chose itself. */
  readonly throttleWaits: readonly number[];
  /** A vendor that asks for a longer wait than this is not waited for. */
  readonly longestWait: number;
  /** Statuses that come again however often one asks: a gateway gives up on a large answer each time. */
  readonly final?: readonly number[];
}

/** `final`: asking again changes nothing, whatever its status. */
export type AnswerSort = 'throttle' | 'failure' | 'final';

export type Outcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfter: string | null;
      /** Where the status does not tell. */
      readonly sort?: AnswerSort;
    }
  | { readonly kind: 'unreachable' };

/** How often one request has been turned away so far, by reason. */
export interface Turnaways {
  readonly failures: number;
  readonly throttles: number;
}

/** The milliseconds to wait before asking again, or undefined when asking again is of no use. */
export function retryWait(
  policy: RetryPolicy,
  outcome: Outcome,
  before: Turnaways,
  nowMs: number,
): number | undefined {
  const planned = plannedWait(policy, outcome, before);
  if (planned === undefined || outcome.kind === 'unreachable') return planned;
  const wait = retryAfterMs(outcome.retryAfter, nowMs) ?? planned;
  return wait <= policy.longestWait ? wait : undefined;
}

function plannedWait(policy: RetryPolicy, outcome: Outcome, before: Turnaways): number | undefined {
  if (outcome.kind === 'answer' && policy.final?.includes(outcome.status)) return undefined;
  if (isThrottle(outcome)) return policy.throttleWaits[before.throttles];
  if (isFailure(outcome)) return policy.failureWaits[before.failures];
  return undefined;
}

export const isThrottle = (outcome: Outcome): boolean => sortOf(outcome) === 'throttle';

export const isFailure = (outcome: Outcome): boolean => sortOf(outcome) === 'failure';

function sortOf(outcome: Outcome): AnswerSort {
  if (outcome.kind === 'unreachable') return 'failure';
  const { sort, status } = outcome;
  if (sort) return sort;
  if (status === 429) return 'throttle';
  return status === 408 || status >= 500 ? 'failure' : 'final';
}

/** Retry-After is whole seconds or an HTTP date (RFC 9110 §10.2.3); anything else counts as not given. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
