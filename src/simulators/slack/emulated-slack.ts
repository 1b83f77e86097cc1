import { createServer } from 'node:net';
import { createEmulator } from 'emulate';
import { isJson, type Json, list } from './block-kit/walk-blocks.ts';
import { createIdTranslation, type IdTranslation } from './id-translation.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

/** The npm package `emulate` as keeper of messages, users, channels and files, with our ids. */
export interface EmulatedSlack {
  /** Calls a Web API method as the bot, or as a person. Answers what Slack would: `{ok, …}`. */
  call(method: string, args: Json, asUser?: string): Promise<Json>;
  /** Passes a request for a path outside `/api` (uploads, private files) through unchanged. */
  pass(path: string, init: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** What `emulate` puts into every workspace on its own. */
const SEEDED_TEAM = 'T000000001';
const SEEDED = ['U000000001', 'C000000001', 'C000000002'];

export async function startEmulatedSlack(
  settings: Settings,
  workspace: Workspace,
  publicUrl: string,
): Promise<EmulatedSlack> {
  const userToken = (userId: string) => `xoxp-${userId}`;
  const port = await freePort();
  const emulator = await createEmulator({
    service: 'slack',
    port,
    // Upload and file URLs must lead through our proxy.
    baseUrl: publicUrl,
    seed: { slack: seedOf(settings, workspace, userToken) },
  });
  const base = `http://127.0.0.1:${port}`;
  const raw = async (method: string, args: unknown, token: string): Promise<unknown> => {
    const response = await fetch(`${base}/api/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(args),
    });
    if (response.status === 404) return { ok: false, error: 'unknown_method' };
    return response.json();
  };
  const ids = await learnIds(
    (method) => raw(method, { limit: 1000 }, settings.botToken),
    settings,
    workspace,
  );
  return {
    async call(method, args, asUser) {
      const token = asUser ? userToken(asUser) : settings.botToken;
      const answer = ids.toOurs(await raw(method, ids.toEmulated(args), token));
      return isJson(answer) ? answer : { ok: false, error: 'internal_error' };
    },
    pass: (path, init) => fetch(`${base}${path}`, init),
    close: () => emulator.close(),
  };
}

function seedOf(settings: Settings, { app, team }: Workspace, userToken: (id: string) => string): Json {
  return {
    team: { name: team.name, domain: team.domain },
    users: settings.people.map((person) => ({
      name: person.name,
      real_name: person.realName,
      email: `${person.name}@example.com`,
      is_admin: person.isAdmin,
    })),
    channels: settings.channels.map(({ name, isPrivate }) => ({ name, is_private: isPrivate })),
    oauth_apps: [
      {
        app_id: app.id,
        client_id: 'simulated.client',
        client_secret: 'simulated-client-secret',
        name: app.name,
        redirect_uris: [],
        bot_id: app.botId,
        bot_user_id: app.botUserId,
        bot_name: app.name,
      },
    ],
    tokens: [
      { token: settings.botToken, type: 'bot', user_id: app.botUserId, app_id: app.id, bot_id: app.botId },
      ...settings.people.map(({ id, name }) => ({ token: userToken(id), type: 'user', user: name })),
    ],
  };
}

async function learnIds(
  read: (method: string) => Promise<unknown>,
  settings: Settings,
  workspace: Workspace,
): Promise<IdTranslation> {
  const [users, channels] = await Promise.all([read('users.list'), read('conversations.list')]);
  const emulatedId = (answer: unknown, key: string, name: string): string => {
    const found = list(isJson(answer) ? answer[key] : []).find((one) => one.name === name);
    if (!found) throw new Error(`The emulated Slack did not take over "${name}".`);
    return String(found.id);
  };
  const pairs: [string, string][] = [
    [workspace.team.id, SEEDED_TEAM],
    ...settings.people.map(({ id, name }): [string, string] => [id, emulatedId(users, 'members', name)]),
    ...settings.channels.map(({ id, name }): [string, string] => [
      id,
      emulatedId(channels, 'channels', name),
    ]),
  ];
  const taken = new Set(pairs.map(([, emulated]) => emulated));
  return createIdTranslation(pairs, new Set(SEEDED.filter((id) => !taken.has(id))));
}

/** `emulate` reports the port it was asked for, so it must be asked for a real one. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
