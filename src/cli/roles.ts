import { IcbError } from '../domain/errors.ts';
import { ROLES } from '../domain/role.ts';
import type { Api } from './api.ts';
import type { Said } from './commands.ts';
import { table } from './print.ts';

interface Settings {
  readonly people: readonly { readonly userId: string; readonly role: string }[];
  readonly groups: readonly { readonly groupId: string; readonly role: string }[];
}

/** Who has which role, besides SLACK_ADMINS, who are always admins. */
export async function roles(api: Api): Promise<Said> {
  const { people, groups } = await api.get<Settings>('/api/settings');
  const rows = [
    ...people.map(({ userId, role }) => [userId, 'person', role]),
    ...groups.map(({ groupId, role }) => [groupId, 'user group', role]),
  ];
  return {
    json: { people, groups },
    text:
      rows.length === 0
        ? 'Nobody has been given a role. SLACK_ADMINS are always admins; icb roles grant USER ROLE gives one.'
        : table(['Slack id', 'Kind', 'Role'], rows),
  };
}

/** Break-glass: gives a role without Slack. Error: `bad-input` for an unknown role. */
export async function grant(api: Api, userId: string, role: string): Promise<Said> {
  if (!(ROLES as readonly string[]).includes(role))
    throw new IcbError('bad-input', `"${role}" is no role. There are: ${ROLES.join(', ')}.`);
  const json = await api.send<Settings>('PUT', `/api/settings/roles/${encodeURIComponent(userId)}`, { role });
  return {
    json,
    text: role === 'viewer' ? `${userId} has no role of their own now.` : `${userId} is ${role} now.`,
  };
}

export const revoke = (api: Api, userId: string): Promise<Said> => grant(api, userId, 'viewer');
