import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { WebDeps, WebEnv } from '../deps.ts';

/** Tells of each answered request by the pattern of its route: an address may hold a token or a name. */
export const observeRequests =
  (observe: WebDeps['observe']): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const began = performance.now();
    await next();
    observe?.({
      method: c.req.method,
      route: routeOf(c),
      status: c.res.status,
      seconds: (performance.now() - began) / 1000,
    });
  };

/** The pattern that answered; all that nothing answers is one, whatever a stranger asks for. */
export const routeOf = (c: Context): string =>
  matchedRoutes(c).findLast(({ path, method }) => method !== 'ALL' && !path.endsWith('*'))?.path ??
  'unmatched';
