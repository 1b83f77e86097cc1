import type { MiddlewareHandler } from 'hono';
import { bearerMatches } from '../../src/auth/bearer.ts';
import { IcbError } from '../../src/domain/errors.ts';
import type { WebEnv } from '../deps.ts';
import { readSession } from '../session-cookie.ts';
import { BEARER, MAY_NOT_WRITE, personIn } from '../viewer.ts';

const READING = new Set(['GET', 'HEAD']);

/**
 * Lets in the API token (as `Authorization: Bearer …`) or a session. A wrong token is refused even beside a good
 * session: whoever sends one wants to know that it is wrong.
 */
export function apiViewer(): MiddlewareHandler<WebEnv> {
  return async function apiViewer(c, next) {
    const header = c.req.header('authorization');
    if (header !== undefined) {
      if (!bearerMatches(header, c.var.deps.settings.apiToken))
        throw new IcbError('unauthorized', 'The token is wrong. Send Authorization: Bearer <ICB_API_TOKEN>.');
      c.set('viewer', BEARER);
      return next();
    }
    const session = readSession(c);
    if (!session)
      throw new IcbError(
        'unauthorized',
        'Sign in first: send Authorization: Bearer <ICB_API_TOKEN>, or type /icb dashboard in Slack.',
      );
    c.set('viewer', personIn(session));
    return next();
  };
}

/** Lets a signed-in person onto pages. */
export function pageViewer(): MiddlewareHandler<WebEnv> {
  return async function pageViewer(c, next) {
    const session = readSession(c);
    if (!session) throw new IcbError('unauthorized', 'Type /icb dashboard in Slack to get a sign-in link.');
    c.set('viewer', personIn(session));
    return next();
  };
}

/** Everything but reading is for admins. */
export function adminWrites(): MiddlewareHandler<WebEnv> {
  return async function adminWrites(c, next) {
    if (!READING.has(c.req.method) && c.var.viewer.role !== 'admin')
      throw new IcbError('forbidden', MAY_NOT_WRITE);
    return next();
  };
}
