import type { Context, MiddlewareHandler } from 'hono';
import { IcbError } from '../../src/domain/errors.ts';
import type { WebEnv } from '../deps.ts';
import { readSession } from '../session-cookie.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses writes that another site made a signed-in browser send. Stricter than hono/csrf, which guards only form
 * content types and passes when either signal is fine: here each signal the browser sent must agree, and with a
 * session one must be there. A bearer token needs no such guard, no browser adds it by itself.
 */
export function sameOriginWrites(): MiddlewareHandler<WebEnv> {
  return async function sameOriginWrites(c, next) {
    const guarded = !READING.has(c.req.method) && c.req.header('authorization') === undefined;
    if (guarded && !fromOurPages(c))
      throw new IcbError(
        'forbidden',
        'This change did not come from an icb page. Open icb and try again there.',
      );
    return next();
  };
}

function fromOurPages(c: Context<WebEnv>): boolean {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  if (site === undefined && origin === undefined) return readSession(c) === undefined;
  return (site === undefined || site === 'same-origin') && (origin === undefined || isOurs(c, origin));
}

/** Ours is the address icb is reached at, or the host this very request named: a browser lets no site choose either. */
function isOurs(c: Context<WebEnv>, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === new URL(c.var.deps.settings.baseUrl).host || host === new URL(c.req.url).host;
}
