import { setTimeout as sleep } from 'node:timers/promises';
import ky, { isNetworkError } from 'ky';
import PQueue from 'p-queue';
import { HttpUnreachable, systemErrorCode } from './http-unreachable.ts';
import { isFailure, isThrottle, type Outcome, type RetryPolicy, retryWait } from './retry-policy.ts';

export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded` by POST; without it the request is a GET. Must be safe to repeat. */
  readonly form?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called before every attempt. */
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
  /** No more than this many attempts start in any window of this many milliseconds. */
  readonly rate: { readonly requests: number; readonly windowMs: number };
  /** For one attempt, its body included. */
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly delay?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  readonly now?: (() => number) | undefined;
}

type Attempt =
  | (Outcome & { readonly kind: 'answer'; readonly text: string })
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
    intervalCap: options.rate.requests,
    interval: options.rate.windowMs,
    strict: true,
  });

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const turnaways = { failures: 0, throttles: 0 };
    for (let attempts = 1; ; attempts++) {
      request.signal.throwIfAborted();
      const attempt = await queue.add(() => attemptOnce(request, options), { signal: request.signal });
      const wait = retryWait(request.retry ?? options.retry, attempt, turnaways, now());
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
  return { status: attempt.status, text: attempt.text, throttles, attempts };
}

async function attemptOnce(request: HttpRequest, options: HttpClientOptions): Promise<Attempt> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), request.timeoutMs ?? options.timeoutMs);
  request.onRequest?.();
  try {
    const response = await ky(request.url, {
      method: request.form === undefined ? 'get' : 'post',
      headers: { accept: 'application/json', ...request.headers },
      ...(request.form === undefined ? {} : { body: new URLSearchParams(request.form) }),
      signal: AbortSignal.any([request.signal, timeout.signal]),
      redirect: 'manual',
      // Retries pass through the rate limit and an injected delay, and the timeout covers the body: both ours.
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    });
    const retryAfter = response.headers.get('retry-after');
    return { kind: 'answer', status: response.status, retryAfter, text: await response.text() };
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
