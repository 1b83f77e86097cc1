import type { Context, MiddlewareHandler } from 'hono';
import { bearerMatches } from '../../src/auth/bearer.ts';
import type { Place } from '../../src/domain/audit.ts';
import { IcbError } from '../../src/domain/errors.ts';
import type { Role } from '../../src/domain/role.ts';
import type { WebEnv } from '../deps.ts';
import { neededToWrite } from '../needed-role.ts';
import { readSession } from '../session-cookie.ts';
import { BEARER, may, mayNot, personIn, type Viewer } from '../viewer.ts';

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
    await enter(c, session);
    return next();
  };
}

/** Lets a signed-in person onto pages. */
export function pageViewer(): MiddlewareHandler<WebEnv> {
  return async function pageViewer(c, next) {
    const session = readSession(c);
    if (!session) throw new IcbError('unauthorized', 'Type /icb dashboard in Slack to get a sign-in link.');
    await enter(c, session);
    return next();
  };
}

async function enter(c: Context<WebEnv>, session: Parameters<typeof personIn>[0]): Promise<void> {
  const { deps } = c.var;
  c.set('viewer', personIn(session, await deps.roleOf(session.userId)));
  const place: Place = 'dashboard';
  c.set('deps', { ...deps, core: { ...deps.core, place } });
}

/** Everything but reading needs the role that the table names for its path. */
export function writesByRole(): MiddlewareHandler<WebEnv> {
  return async function writesByRole(c, next) {
    if (!READING.has(c.req.method)) refuseBelow(c.var.viewer, neededToWrite(c.req.path));
    return next();
  };
}

/** For pages that only those who may answer them need to see. */
export const onlyFrom =
  (needed: Role): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    refuseBelow(c.var.viewer, needed);
    await next();
  };

function refuseBelow(viewer: Viewer, needed: Role): void {
  if (!may(viewer, needed)) throw new IcbError('forbidden', mayNot(needed, viewer.role));
}
