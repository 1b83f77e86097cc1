import type { AccessRequest } from '../domain/access-request.ts';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { atLeast, type Role } from '../domain/role.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { grantRole } from './roles.ts';

/** Notes that somebody asks for a role; undefined where the same is asked already and nobody has answered. */
export const requestAccess = (
  core: Core,
  { by, userId, role }: { readonly by: Actor; readonly userId: string; readonly role: Role },
): Promise<AccessRequest | undefined> =>
  commit<AccessRequest | undefined>(core, by, async (snapshot) => {
    const open = (await snapshot.list('accessRequests')).some(
      (one) => one.userId === userId && !one.granted && atLeast(one.role, role),
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

/** Remembers where the admins' copies stand, so that each tells what became of it. */
export const rememberAccessPlaces = (
  core: Core,
  by: Actor,
  { id, places }: Pick<AccessRequest, 'id' | 'places'>,
): Promise<void> =>
  commit<void>(core, by, async (snapshot) => {
    const request = await snapshot.get('accessRequests', id);
    return {
      changes: request ? { put: { accessRequests: [{ ...request, places }] } } : {},
      result: undefined,
    };
  });

/**
 * Grants what was asked, once: who comes second gets the request as the first one answered it. Error: `not-found`.
 */
export async function grantAccess(
  core: Core,
  { by, id, role }: { readonly by: Actor; readonly id: string; readonly role: Role },
): Promise<{ readonly request: AccessRequest; readonly first: boolean }> {
  const done = await commit(core, by, async (snapshot) => {
    const request = await snapshot.get('accessRequests', id);
    if (!request) throw new IcbError('not-found', 'This request is gone; use /icb settings to give roles.');
    if (request.granted) return { changes: {}, result: { request, first: false } };
    const granted = { ...request, granted: { by, at: isoInstant(core.clock.now()), role } };
    return {
      changes: { put: { accessRequests: [granted] } },
      result: { request: granted, first: true },
    };
  });
  if (done.first) await grantRole(core, { by, userId: done.request.userId, role });
  return done;
}
