import { z } from 'zod';
import type { SlackClients } from './slack-clients.ts';

const Members = z.object({ users: z.array(z.string()) });
const Groups = z.object({
  usergroups: z.array(z.object({ id: z.string(), handle: z.string(), name: z.string().optional() })),
});

/** Ids of the people in a user group (scope `usergroups:read`). */
export async function groupMembers(slack: SlackClients, groupId: string): Promise<readonly string[]> {
  const answer = await slack.interactive.usergroups.users.list({ usergroup: groupId });
  return Members.parse(answer).users;
}

/** The workspace's user groups: id and handle. Throws where Slack does not tell. */
export async function userGroups(slack: SlackClients): Promise<readonly { id: string; handle: string }[]> {
  return Groups.parse(await slack.interactive.usergroups.list()).usergroups;
}
