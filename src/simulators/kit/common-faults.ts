import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';

const times = z.number().int().positive();

/** What may go wrong with any vendor's calls; a stand-in adds its own. */
export const commonFaults = {
  /** 401 on the next call, or on all. */
  unauthorized: z.enum(['once', 'always']).nullable().default(null),
  /** 429 on the next `times` calls, with or without Retry-After. */
  throttle: z
    .object({ times, retryAfterSeconds: z.number().nonnegative().nullable() })
    .nullable()
    .default(null),
  /** Every answer is late by this much. */
  slowMs: z.number().nonnegative().default(0),
  /** This answer instead of the next `times` ones (null: of all), as an error body or as a web page. */
  failure: z
    .object({ status: z.number().int().min(200).max(599), times: times.nullable(), html: z.boolean() })
    .nullable()
    .default(null),
};
const CommonFaults = z.object(commonFaults);
type CommonFaults = z.infer<typeof CommonFaults>;

/** Faults that can be switched while the stand-in runs. */
export interface Switches<F> {
  readonly faults: F;
  /** Switches the named faults; the others stay. */
  setFaults(change: Partial<F>): void;
  clearFaults(): void;
}

export function switches<F extends object>(schema: z.ZodType<F>): Switches<F> {
  const faults = schema.parse({});
  return {
    faults,
    setFaults: (change) => void Object.assign(faults, change),
    clearFaults: () => void Object.assign(faults, schema.parse({})),
  };
}

export type ErrorAnswer = (c: Context, status: number, headers?: Record<string, string>) => Response;

/** The common faults that come before any answer of the API itself. */
export function faultyDays(standIn: Switches<CommonFaults>, errorAnswer: ErrorAnswer): MiddlewareHandler {
  return async (c, next) => {
    const { faults } = standIn;
    if (faults.slowMs > 0) await sleep(faults.slowMs);
    if (faults.throttle !== null) {
      const { times: left, retryAfterSeconds } = faults.throttle;
      standIn.setFaults({ throttle: left > 1 ? { ...faults.throttle, times: left - 1 } : null });
      const headers = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
      return errorAnswer(c, 429, headers);
    }
    if (faults.failure !== null) {
      const { status, times: left, html } = faults.failure;
      if (left !== null) {
        standIn.setFaults({ failure: left > 1 ? { ...faults.failure, times: left - 1 } : null });
      }
      return html ? webPage(c, status) : errorAnswer(c, status);
    }
    return next();
  };
}

/** Whether this call's key is to be refused whatever it is. */
export function refusesKey(standIn: Switches<CommonFaults>): boolean {
  const { unauthorized } = standIn.faults;
  if (unauthorized === 'once') standIn.setFaults({ unauthorized: null });
  return unauthorized !== null;
}

const webPage = (c: Context, status: number): Response =>
  c.html('<!doctype html><title>Error</title><h1>Something went wrong</h1>', status as ContentfulStatusCode);

/** The body cut in half, as when a connection breaks behind a proxy. */
export const brokenJson = (c: Context, body: unknown): Response => {
  const text = JSON.stringify(body);
  return c.body(text.slice(0, text.length / 2), 200, { 'content-type': 'application/json' });
};

/** The body with one field under another name wherever it stands, as after a change of the API. */
export const renamed = <Body>(body: Body, field: string | null): Body =>
  field === null ? body : JSON.parse(JSON.stringify(body).replaceAll(`"${field}":`, `"${field}V3":`));

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

export const reasonPhrase = (status: number): string => REASONS[status] ?? 'Error';
