import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { type ErrorCode, IcbError } from '../../src/domain/errors.ts';
import type { WebEnv } from '../deps.ts';
import { routeOf } from './observe-request.ts';

/** An error as the edge tells it (RFC 9457), before it becomes JSON or a page. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: ContentfulStatusCode;
  readonly detail: string;
  readonly code: ErrorCode | 'unknown';
  readonly errors?: readonly { readonly field?: string; readonly message: string }[];
  /** Also in the log, beside the cause. */
  readonly reference?: string;
}

const KNOWN: Record<ErrorCode, readonly [status: ContentfulStatusCode, title: string]> = {
  'bad-input': [400, 'The request is not understood'],
  unauthorized: [401, 'Not signed in'],
  forbidden: [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  'unknown-module': [404, 'Unknown module'],
  'unknown-organization': [422, 'Unknown organization'],
  'unknown-contract': [422, 'Unknown contract'],
  'second-person': [409, 'A second person must approve'],
  'not-connected': [409, 'Module not connected'],
  'not-enabled': [409, 'Module not enabled'],
  'not-mappable': [422, 'Organization cannot be mapped'],
  'contract-not-billable': [422, 'Usage cannot bill on this contract'],
  'double-mapping': [409, 'Billed twice'],
  'share-mismatch': [422, 'Shares do not fit'],
  'already-posted': [409, 'Already posted'],
  'not-postable': [409, 'Not postable'],
  'link-expired': [410, 'Link expired'],
  'rate-limited': [429, 'Too often'],
  'psa-unavailable': [503, 'PSA unavailable'],
  'psa-refused': [502, 'PSA refused'],
  'psa-sandbox': [409, 'PSA is a sandbox'],
  'source-unavailable': [502, 'Module unavailable'],
  'source-refused': [502, 'Module refused'],
  'source-malformed': [502, 'Module answered nonsense'],
  'store-locked': [503, 'Store in use'],
  'store-damaged': [500, 'Store damaged'],
  'store-unavailable': [503, 'Store unavailable'],
  'taken-over': [409, 'Taken over by another process'],
  conflict: [409, 'Somebody was faster'],
  config: [500, 'Settings'],
};

/** @returns the problem to show; an error nobody foresaw is logged and hides behind its reference. */
export function problemOf(error: unknown, c: Context<WebEnv>): Problem {
  if (error instanceof IcbError) return known(error.code, error.message, error.details.map(lineError));
  if (error instanceof z.ZodError) return inputProblem(error);
  if (error instanceof HTTPException && error.status < 500) {
    const tooLarge = error.status === 413;
    return {
      ...known(
        'bad-input',
        tooLarge ? 'The body is larger than icb takes; split it.' : 'The body is not valid JSON.',
      ),
      status: error.status as ContentfulStatusCode,
    };
  }
  const reference = randomUUID().slice(0, 8);
  c.var.deps.core.log.error(
    { err: error, reference, route: routeOf(c), method: c.req.method },
    'request failed',
  );
  return {
    type: 'about:blank',
    title: 'Something went wrong',
    status: 500,
    detail: `Something went wrong in icb. Tell your administrator the reference ${reference}.`,
    code: 'unknown',
    reference,
  };
}

function known(code: ErrorCode, detail: string, errors: Problem['errors'] = []): Problem {
  const [status, title] = KNOWN[code];
  return {
    type: `urn:icb:problem:${code}`,
    title,
    status,
    detail,
    code,
    ...(errors.length > 0 && { errors }),
  };
}

const lineError = (message: string) => ({ message });

/** Every bad field by its path, so that a caller can mend all of them at once. */
export function inputProblem(error: z.core.$ZodError): Problem {
  const errors = error.issues.map((issue) => ({
    field: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  const shown = errors.slice(0, 3).map(({ field, message }) => (field ? `${field}: ${message}` : message));
  return known(
    'bad-input',
    `Check these fields: ${shown.join('; ')}${errors.length > 3 ? '; …' : ''}.`,
    errors,
  );
}

export const problemJson = (problem: Problem): Response =>
  new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(problem.status === 401 && { 'WWW-Authenticate': 'Bearer realm="icb"' }),
    },
  });
