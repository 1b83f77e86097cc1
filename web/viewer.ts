import type { Role } from '../src/auth/roles.ts';
import { type Actor, API_TOKEN } from '../src/domain/actor.ts';

/** Who is asking: a person signed in from Slack, or the bearer of the API token. */
export interface Viewer {
  readonly role: Role;
  readonly name: string;
  readonly actor: Actor;
  readonly via: 'session' | 'bearer';
}

export const BEARER: Viewer = { role: 'admin', name: API_TOKEN.name, actor: API_TOKEN, via: 'bearer' };

export const personIn = (session: { userId: string; name: string; role: Role }): Viewer => ({
  role: session.role,
  name: session.name,
  actor: { kind: 'slack', userId: session.userId, name: session.name },
  via: 'session',
});

export const MAY_NOT_WRITE =
  'You may look but not change anything. Ask one of the icb admins (SLACK_ADMINS) to do this or to add you.';
