import { isJson, type Json, list } from './block-kit/walk-blocks.ts';
import type { Method } from './methods.ts';
import { showMessage } from './methods-chat.ts';
import type { World } from './world.ts';

/** What `emulate` does not tell about a user. */
function withZone({ workspace, settings }: World, user: Json): Json {
  const person = workspace.people.find((one) => one.id === user.id);
  const tz = person?.tz ?? 'Etc/UTC';
  const offset = new Intl.DateTimeFormat('en', { timeZone: tz, timeZoneName: 'longOffset' })
    .formatToParts(settings.now())
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/.exec(offset ?? '') ?? [];
  const seconds = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1);
  const isAdmin = person?.isAdmin ?? false;
  return { ...user, tz, tz_label: tz, tz_offset: seconds, is_admin: isAdmin, is_owner: isAdmin };
}

const userInfo: Method = async (world, args) => {
  const answer = await world.emulated.call('users.info', args);
  return isJson(answer.user) ? { ...answer, user: withZone(world, answer.user) } : answer;
};

const userList: Method = async (world, args) => {
  const answer = await world.emulated.call('users.list', args);
  return answer.ok
    ? { ...answer, members: list(answer.members).map((user) => withZone(world, user)) }
    : answer;
};

const listGroups: Method = async ({ settings, workspace }) => ({
  ok: true,
  usergroups: settings.userGroups.map(({ id, handle, users }) => ({
    id,
    team_id: workspace.team.id,
    handle,
    name: handle,
    users,
    user_count: users.length,
  })),
});

const groupUsers: Method = async ({ settings }, args) => {
  const group = settings.userGroups.find((one) => one.id === args.usergroup);
  return group ? { ok: true, users: group.users } : { ok: false, error: 'no_such_subteam' };
};

/** What `emulate` does not tell about a channel: whether another company sees it. */
const channelInfo: Method = async (world, args) => {
  const answer = await world.emulated.call('conversations.info', args);
  if (!isJson(answer.channel)) return answer;
  const { id } = world.workspace.channel(String(args.channel)) ?? {};
  const isShared = world.settings.channels.some((one) => one.id === id && one.isShared);
  return { ...answer, channel: { ...answer.channel, is_ext_shared: isShared } };
};

const openSocket: Method = async ({ socket }) => ({ ok: true, url: socket.ticketUrl() });

/** The third step of an upload: the file may now be shown, and is shared into its channels. */
const completeUpload: Method = async (world, args) => {
  const { workspace, emulated } = world;
  const channelIds = [args.channel_id, ...String(args.channels ?? '').split(',')]
    .filter((id): id is string => typeof id === 'string' && id !== '')
    .map((id) => workspace.channel(id)?.id ?? id);
  const answer = await emulated.call('files.completeUploadExternal', args);
  const files = list(answer.files);
  for (const file of files) workspace.files.set(String(file.id), file);
  const shared = new Set(
    files.flatMap((file) => [...list([file.shares]).flatMap(sharedChannels), ...channelIds]),
  );
  for (const channel of shared) await showShares(world, channel, new Set(files.map((file) => file.id)));
  return answer;
};

const sharedChannels = (shares: Json): string[] =>
  Object.values(shares).flatMap((byChannel) => (isJson(byChannel) ? Object.keys(byChannel) : []));

export async function showShares(
  world: World,
  channel: string,
  fileIds: ReadonlySet<unknown>,
): Promise<void> {
  const history = await world.emulated.call('conversations.history', { channel, limit: 20 });
  for (const message of list(history.messages)) {
    if (list(message.files).some((file) => fileIds.has(file.id))) showMessage(world, channel, message);
  }
}

export const DIRECTORY_METHODS: Readonly<Record<string, Method>> = {
  'conversations.info': channelInfo,
  'users.info': userInfo,
  'users.list': userList,
  'usergroups.list': listGroups,
  'usergroups.users.list': groupUsers,
  'apps.connections.open': openSocket,
  'files.completeUploadExternal': completeUpload,
};
