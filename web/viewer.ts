import { type Actor, API_TOKEN } from '../src/domain/actor.ts';
import { atLeast, ROLE_MAY, type Role } from '../src/domain/role.ts';

/** Who is asking: a person signed in from Slack, or the bearer of the API token. */
export interface Viewer {
  readonly role: Role;
  readonly name: string;
  readonly actor: Actor;
  readonly via: 'session' | 'bearer';
}

export const BEARER: Viewer = { role: 'admin', name: API_TOKEN.name, actor: API_TOKEN, via: 'bearer' };

export const personIn = (session: { userId: string; name: string }, role: Role): Viewer => ({
  role,
  name: session.name,
  actor: { kind: 'slack', userId: session.userId, name: session.name },
  via: 'session',
});

export const may = (viewer: Viewer, needed: Role): boolean => atLeast(viewer.role, needed);

/** Why not, and how to get there. */
export const mayNot = (needed: Role, has: Role): string =>
  `This needs the role ${needed} (${ROLE_MAY[needed]}); yours is ${has}. Nothing was changed. Type /icb in Slack and try it there to request access from an admin.`;
