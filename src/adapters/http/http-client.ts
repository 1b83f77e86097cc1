import { setTimeout as sleep } from 'node:timers/promises';
import ky, { isNetworkError } from 'ky';
import PQueue from 'p-queue';
import { HttpUnreachable, systemErrorCode } from './http-unreachable.ts';
import {
  type AnswerSort,
  isFailure,
  isThrottle,
  type Outcome,
  type RetryPolicy,
  retryWait,
} from './retry-policy.ts';

export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded` by POST; without a form or JSON the request is a GET. */
  readonly form?: Readonly<Record<string, string>>;
  /** JSON text, sent by POST. */
  readonly json?: string | undefined;
  /** Not safe to repeat: whatever comes of the one attempt is the answer. */
  readonly once?: boolean;
  readonly signal: AbortSignal;
  /** Called before every attempt; what it throws ends the request, and nothing is sent. */
  readonly onRequest?: (() => void) | undefined;
  /** Instead of the client's own, for a request the vendor answers unlike its others. */
  readonly timeoutMs?: number | undefined;
  readonly retry?: RetryPolicy | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** How many times the vendor answered 429 before this answer. */
  readonly throttles: number;
  readonly attempts: number;
  /** The vendor's headers of these names, where it sent them. */
  readonly date?: string;
  readonly retryAfter?: string;
}

export interface HttpClient {
  /**
   * The first answer that is not worth a retry, or the last one, whatever its status. Redirects are answers too: a
   * bearer token must not follow them. Throws `HttpUnreachable`, or the signal's reason.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

export interface HttpClientOptions {
  readonly concurrency: number;
  /** No more than this many attempts start in any window of this many milliseconds. Left out: no limit. */
  readonly rate?: { readonly requests: number; readonly windowMs: number };
  /** For one attempt, its body included. */
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  /** For a vendor whose statuses alone do not tell; undefined leaves it to the status. */
  readonly sort?: ((status: number, text: string) => AnswerSort | undefined) | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly delay?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  readonly now?: (() => number) | undefined;
}

type Attempt =
  | (Outcome & { readonly kind: 'answer'; readonly text: string; readonly date: string | null })
  | (Outcome & {
      readonly kind: 'unreachable';
      readonly reason: 'timeout' | 'network';
      readonly code: string;
    });

const realDelay = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch((error) => {
    throw signal.aborted ? signal.reason : error;
  });
};

/** One client per vendor account: its rate limit and concurrency hold over everything sent through it. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { delay = realDelay, now = Date.now } = options;
  const queue = new PQueue({
    concurrency: options.concurrency,
    ...(options.rate && {
      intervalCap: options.rate.requests,
      interval: options.rate.windowMs,
      strict: true,
    }),
  });

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const turnaways = { failures: 0, throttles: 0 };
    for (let attempts = 1; ; attempts++) {
      request.signal.throwIfAborted();
      const attempt = await queue.add(() => attemptOnce(request, options), { signal: request.signal });
      const patience = request.retry ?? options.retry;
      const wait = request.once ? undefined : retryWait(patience, attempt, turnaways, now());
      if (wait === undefined) return settle(attempt, attempts, turnaways.throttles);
      if (isThrottle(attempt)) turnaways.throttles++;
      if (isFailure(attempt)) turnaways.failures++;
      await delay(wait, request.signal);
    }
  }

  return { send };
}

function settle(attempt: Attempt, attempts: number, throttles: number): HttpAnswer {
  if (attempt.kind === 'unreachable') throw new HttpUnreachable(attempt.reason, attempt.code);
  const { status, text, date, retryAfter } = attempt;
  return {
    status,
    text,
    throttles,
    attempts,
    ...(date === null ? {} : { date }),
    ...(retryAfter === null ? {} : { retryAfter }),
  };
}

const bodyOf = ({ form, json }: HttpRequest) => {
  if (json !== undefined) return { body: json, headers: { 'content-type': 'application/json' } };
  return form === undefined ? {} : { body: new URLSearchParams(form) };
};

async function attemptOnce(request: HttpRequest, options: HttpClientOptions): Promise<Attempt> {
  request.onRequest?.();
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), request.timeoutMs ?? options.timeoutMs);
  try {
    const { body, headers } = bodyOf(request);
    const response = await ky(request.url, {
      method: body === undefined ? 'get' : 'post',
      headers: { accept: 'application/json', ...headers, ...request.headers },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([request.signal, timeout.signal]),
      redirect: 'manual',
      // Retries pass through the rate limit and an injected delay, and the timeout covers the body: both ours.
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    });
    const { status, headers: answered } = response;
    const text = await response.text();
    const sort = options.sort?.(status, text);
    return {
      kind: 'answer',
      status,
      text,
      retryAfter: answered.get('retry-after'),
      date: answered.get('date'),
      ...(sort && { sort }),
    };
  } catch (error) {
    request.signal.throwIfAborted();
    if (timeout.signal.aborted) return { kind: 'unreachable', reason: 'timeout', code: '' };
    // undici breaks off a body with a bare TypeError, which ky no longer sees.
    if (!isNetworkError(error) && !(error instanceof TypeError)) throw error;
    return { kind: 'unreachable', reason: 'network', code: systemErrorCode(error) };
  } finally {
    clearTimeout(timer);
  }
}
