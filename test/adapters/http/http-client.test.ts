import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttpClient, type HttpClientOptions } from '../../../src/adapters/http/http-client.ts';
import { HttpUnreachable, systemErrorCode } from '../../../src/adapters/http/http-unreachable.ts';

const URL_OF = new URL('http://vendor.example/list');
const never = new AbortController().signal;

const client = (change: Partial<HttpClientOptions>) =>
  createHttpClient({
    concurrency: 2,
    rate: { requests: 3, windowMs: 60_000 },
    timeoutMs: 1_000,
    retry: { failureWaits: [], throttleWaits: [], longestWait: 0 },
    ...change,
  });

const ask = (http: ReturnType<typeof client>, signal = never) =>
  http.send({ url: URL_OF, headers: { authorization: 'Bearer hidden' }, signal });

describe('rate', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('starts no more requests in any window than allowed', async () => {
    const starts: number[] = [];
    const http = client({
      fetch: async () => {
        starts.push(Date.now());
        return new Response('{}');
      },
    });
    await ask(http);
    await vi.advanceTimersByTimeAsync(59_000);
    const rest = Promise.all([ask(http), ask(http), ask(http), ask(http), ask(http)]);
    await vi.advanceTimersByTimeAsync(120_000);
    await rest;
    expect(starts).toHaveLength(6);
    for (const at of starts) {
      expect(starts.filter((other) => other >= at && other < at + 60_000).length).toBeLessThanOrEqual(3);
    }
  });

  it('lets a stopped request go while it waits its turn', async () => {
    const http = client({ fetch: async () => new Response('{}'), rate: { requests: 1, windowMs: 60_000 } });
    await ask(http);
    const stop = new AbortController();
    const waiting = ask(http, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});

describe('answers', () => {
  it('sends a form by POST and everything else by GET', async () => {
    const seen: [string, string][] = [];
    const http = client({
      fetch: async (input) => {
        const request = input as Request;
        seen.push([request.method, await request.text()]);
        return new Response('ok');
      },
    });
    await http.send({ url: URL_OF, headers: {}, form: { a: 'b c', d: '&' }, signal: never });
    expect(await ask(http)).toEqual({ status: 200, text: 'ok', throttles: 0, attempts: 1 });
    expect(seen).toEqual([
      ['POST', 'a=b+c&d=%26'],
      ['GET', ''],
    ]);
  });

  it('tries again when the body breaks off', async () => {
    let tries = 0;
    const http = client({
      retry: { failureWaits: [5], throttleWaits: [], longestWait: 10 },
      delay: async () => {},
      fetch: async () => {
        if (++tries > 1) return new Response('whole');
        return new Response(
          new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) }),
        );
      },
    });
    expect(await ask(http)).toMatchObject({ text: 'whole', attempts: 2 });
  });

  it('gives up without carrying the request or its token along', async () => {
    const refusedConnection = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const http = client({
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause: refusedConnection })),
    });
    const error = await ask(http).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HttpUnreachable);
    expect(error).toMatchObject({ reason: 'network', code: 'ECONNREFUSED' });
    expect(error).not.toHaveProperty('cause');
    expect(Object.keys(error as object).sort()).toEqual(['code', 'name', 'reason']);
  });

  it('passes on what is no network failure', async () => {
    const http = client({ fetch: () => Promise.reject(new RangeError('a bug')) });
    await expect(ask(http)).rejects.toThrow(RangeError);
  });
});

it('finds the system’s error code however deep', () => {
  const inner = Object.assign(new Error('x'), { code: 'ENOTFOUND' });
  expect(systemErrorCode(new Error('a', { cause: new Error('b', { cause: inner }) }))).toBe('ENOTFOUND');
  expect(systemErrorCode(new Error('a', { cause: new AggregateError([inner]) }))).toBe('ENOTFOUND');
  expect(systemErrorCode(new Error('a'))).toBe('');
});
