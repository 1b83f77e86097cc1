import { isJson, type Json } from './block-kit/walk-blocks.ts';
import type { CallLog } from './call-log.ts';
import { signHeaders } from './sign.ts';
import type { SocketMode } from './socket-mode.ts';

export type Envelope = 'slash_commands' | 'interactive' | 'events_api';

/** How the app took a delivery. `error` is the word Slack puts into "failed with the error …". */
export type AppAnswer =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  | {
      readonly ok: false;
      readonly status: number | undefined;
      readonly body: unknown;
      readonly error: 'operation_timeout' | 'http_client_error' | 'http_service_error' | 'dispatch_failed';
      /** The app answered `X-Slack-No-Retry: 1`: an event is not sent again. */
      readonly noRetry?: boolean;
    };

export interface RawDelivery {
  readonly body: string;
  readonly contentType?: string;
  /** Headers beside or instead of the right ones: forged signatures, `x-slack-retry-num`, … */
  readonly headers?: Record<string, string>;
}

export interface Deliveries {
  /** Sends over the app's socket when it holds one, else to its request URL. */
  send(envelope: Envelope, payload: Json, retry?: { num: number; reason: string }): Promise<AppAnswer>;
  /** Posts these very bytes to the request URL; signed unless the headers say otherwise. */
  raw(delivery: RawDelivery): Promise<AppAnswer>;
  setRequestUrl(url: string | undefined): void;
  transport(): 'socket' | 'http' | 'none';
}

interface Options {
  readonly signingSecret: string;
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly socket: SocketMode;
  readonly log: CallLog;
}

export function createDeliveries(options: Options, firstUrl: string | undefined): Deliveries {
  let requestUrl = firstUrl;
  const post = (delivery: RawDelivery) => postToApp(requestUrl, delivery, options);
  return {
    setRequestUrl: (url) => {
      requestUrl = url;
    },
    transport: () => (options.socket.isConnected() ? 'socket' : requestUrl ? 'http' : 'none'),
    raw: (delivery) => options.log.record('delivery', 'raw', delivery, () => post(delivery)),
    send: (envelope, payload, retry) =>
      options.log.record('delivery', nameOf(envelope, payload), payload, async () => {
        if (options.socket.isConnected())
          return options.socket.deliver(envelope, payload, options.timeoutMs, retry);
        return post({ ...encode(envelope, payload), headers: retryHeaders(retry) });
      }),
  };
}

const nameOf = (envelope: Envelope, payload: Json): string => {
  if (envelope === 'interactive') return String(payload.type);
  if (envelope === 'events_api')
    return isJson(payload.event) ? String(payload.event.type) : String(payload.type);
  return envelope;
};

const retryHeaders = (retry: { num: number; reason: string } | undefined): Record<string, string> =>
  retry ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason } : {};

function encode(envelope: Envelope, payload: Json): { body: string; contentType: string } {
  if (envelope === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields =
    envelope === 'interactive'
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)]));
  return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' };
}

async function postToApp(
  url: string | undefined,
  { body, contentType = 'application/x-www-form-urlencoded', headers = {} }: RawDelivery,
  { signingSecret, timeoutMs, now }: Options,
): Promise<AppAnswer> {
  if (!url) return { ok: false, status: undefined, body: undefined, error: 'dispatch_failed' };
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': contentType, ...signHeaders(signingSecret, body, now()), ...headers },
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'manual',
    });
    const answer = parseBody(await response.text());
    if (response.status === 200) return { ok: true, status: 200, body: answer };
    const error = response.status >= 500 ? 'http_service_error' : 'http_client_error';
    const noRetry = response.headers.get('x-slack-no-retry') === '1';
    return { ok: false, status: response.status, body: answer, error, noRetry };
  } catch (failure) {
    const timedOut = failure instanceof DOMException && failure.name === 'TimeoutError';
    return {
      ok: false,
      status: undefined,
      body: undefined,
      error: timedOut ? 'operation_timeout' : 'dispatch_failed',
    };
  }
}

/** An answer is JSON, plain text or nothing. */
function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
