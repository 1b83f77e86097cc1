import type { AccessRequest } from '../domain/access-request.ts';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { atLeast, highest, type Role } from '../domain/role.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { officeIn } from './office-settings.ts';
import { grantRole } from './roles.ts';

/** Notes that somebody asks for a role; undefined where the same is asked already and nobody has answered. */
export const requestAccess = (
  core: Core,
  { by, userId, role }: { readonly by: Actor; readonly userId: string; readonly role: Role },
): Promise<AccessRequest | undefined> =>
  commit<AccessRequest | undefined>(core, by, async (snapshot) => {
    const open = (await snapshot.list('accessRequests')).some(
      (one) => one.userId === userId && isOpen(core, one) && atLeast(one.role, role),
    );
    if (open) return { changes: {}, result: undefined };
    const request = {
      id: core.newId('ar'),
      at: isoInstant(core.clock.now()),
      userId,
      role,
      places: [],
    };
    return {
      changes: { put: { accessRequests: [request] } },
      audit: { action: 'request-role', subject: userId, text: `Asked for the role ${role}` },
      result: request,
    };
  });

/** Requests that no admin has answered, while they count. */
export async function openAccessRequests(core: Core): Promise<readonly AccessRequest[]> {
  const all = await (await core.store.snapshot()).list('accessRequests');
  return all.filter((request) => isOpen(core, request));
}

/** How long a request waits before the person may ask again. */
const OPEN_DAYS = 14;

const isOpen = (core: Core, { granted, at }: AccessRequest): boolean =>
  !granted &&
  Temporal.Instant.compare(Temporal.Instant.from(at).add({ hours: 24 * OPEN_DAYS }), core.clock.now()) > 0;

/**
 * Grants what was asked, once: who comes second gets the request as the first one answered it. It never takes anything
 * away: who has as much or more by now keeps that, and the request is over. Error: `not-found`.
 * @param has the person's role now, from wherever: the settings, a group, the environment
 */
export async function grantAccess(
  core: Core,
  { by, id, role, has }: { readonly by: Actor; readonly id: string; readonly role: Role; readonly has: Role },
): Promise<{ readonly request: AccessRequest; readonly first: boolean }> {
  const done = await commit(core, by, async (snapshot) => {
    const request = await snapshot.get('accessRequests', id);
    if (!request) throw new IcbError('not-found', 'This request is gone; use /icb settings to give roles.');
    if (request.granted) return { changes: {}, result: { request, first: false } };
    const own = (await officeIn(snapshot)).people.find(({ userId }) => userId === request.userId);
    const had = highest([has, ...(own ? [own.role] : [])]);
    const answered = { by, at: isoInstant(core.clock.now()) };
    if (atLeast(had, role)) {
      const over: AccessRequest = { ...request, granted: { ...answered, role: had, already: true } };
      return {
        changes: { put: { accessRequests: [over] } },
        audit: {
          action: 'answer-request',
          subject: request.userId,
          text: `Closed the request for the role ${request.role}: has the role ${had} already`,
        },
        result: { request: over, first: true },
      };
    }
    const granted: AccessRequest = { ...request, granted: { ...answered, role } };
    return {
      changes: { put: { accessRequests: [granted] } },
      audit: {
        action: 'answer-request',
        subject: request.userId,
        text: `Granted the role ${role}, as asked`,
      },
      result: { request: granted, first: true },
    };
  });
  if (done.first && !done.request.granted?.already)
    await grantRole(core, { by, userId: done.request.userId, role, raiseOnly: true });
  return done;
}
