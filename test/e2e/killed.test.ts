import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signHeaders } from '../../src/simulators/slack/sign.ts';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../src/simulators/slack/start-slack-simulator.ts';
import { textsIn } from '../bot/person.ts';
import { freePort, type LiveProcess, startLive } from '../support/live-process.ts';

const API = 'api-token-for-tests-only';
const SECRET = 'demo-signing-secret';
const ALEX = 'U0ADMIN';
/** An admin by a Slack user group: to know that, icb must ask Slack first. */
const GRETA = 'U0GROUP';

let dir: string;
let slack: SlackSimulator;
/** Takes answers to commands and never says that it did. */
let silent: Server;
let icb: LiveProcess;
let responseUrl: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'icb-killed-'));
  slack = await startSlackSimulator({
    users: [
      { id: ALEX, name: 'alex', realName: 'Alex Admin' },
      { id: GRETA, name: 'greta', realName: 'Greta Group' },
    ],
    userGroups: [{ id: 'S0ADMINS', handle: 'admins', users: [GRETA] }],
  });
  silent = createServer(() => {});
  const port = await freePort();
  await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
  responseUrl = `http://127.0.0.1:${port}/`;
  icb = await start();
  // A module without an API is connected once usage has been sent for it.
  await api('POST', '/api/usage', USAGE);
  await api('PUT', '/api/settings', { groups: [{ groupId: 'S0ADMINS', role: 'admin' }] });
}, 60_000);

afterAll(async () => {
  await icb?.stop();
  silent.close();
  silent.closeAllConnections();
  await slack.close();
  await rm(dir, { recursive: true, force: true });
});

const USAGE = {
  module: 'datto-rmm',
  items: [
    {
      date: Temporal.Now.plainDateISO('UTC').toString(),
      moduleOrganization: { externalId: 'site-1', name: 'Daily Mail' },
      billingType: 'Server',
      quantity: 2,
    },
  ],
};

const start = () =>
  startLive({
    ICB_DATA_DIR: join(dir, 'db'),
    ICB_SECRET: 'a-secret-of-more-than-16',
    ICB_API_TOKEN: API,
    ICB_TIMEZONE: 'UTC',
    SLACK_BOT_TOKEN: 'xoxb-demo',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_CHANNEL: 'C0BILLING',
    SLACK_ADMINS: ALEX,
    SLACK_API_URL: slack.apiUrl,
  });

async function api(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${icb.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${API}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as { items: { id: string; enabled: boolean }[] };
}

const enabled = async () =>
  (await api('GET', '/api/modules')).items.find(({ id }) => id === 'datto-rmm')?.enabled;

let sent = 0;

/** Types `/icb enable datto-rmm`; resolves with the status of the ack. */
async function switchOn(userId: string): Promise<number> {
  sent += 1;
  const body = new URLSearchParams({
    command: '/icb',
    text: 'enable datto-rmm',
    user_id: userId,
    channel_id: 'C0BILLING',
    team_id: 'T1',
    trigger_id: `${sent}.2.3`,
    response_url: responseUrl,
  }).toString();
  const answer = await fetch(`${icb.url}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...signHeaders(SECRET, body, Date.now()),
    },
    body,
  });
  return answer.status;
}

const direct = (user: string) => {
  try {
    return slack.messages(user).map(({ blocks }) => textsIn(blocks));
  } catch {
    return [];
  }
};

test('killed between ack and work: after the restart the person is told that nothing was changed', {
  timeout: 60_000,
}, async () => {
  // Who may is in Slack's hands, and Slack does not answer: the work cannot begin.
  slack.faults.set('usergroups.users.list', { kind: 'timeout' });
  expect(await switchOn(GRETA)).toBe(200);
  await icb.kill();
  slack.faults.clear();
  icb = await start();
  await slack.waitFor(() => direct(GRETA).length > 0);
  expect(direct(GRETA)).toHaveLength(1);
  expect(direct(GRETA)[0]).toContain('I could not answer your `/icb enable datto-rmm` of');
  expect(direct(GRETA)[0]).toContain('*Nothing was changed by it.*');
  expect(await enabled()).toBe(false);
});

test('killed between work and message: after the restart the person is told that it is done, once', {
  timeout: 60_000,
}, async () => {
  expect(await switchOn(ALEX)).toBe(200);
  await expect.poll(enabled).toBe(true);
  await icb.kill();
  icb = await start();
  await slack.waitFor(() => direct(ALEX).length > 0);
  expect(direct(ALEX)[0]).toContain('*It is done, and need not be repeated:*');
  expect(direct(ALEX)[0]).toContain('Datto RMM enabled');
  expect(await enabled()).toBe(true);
  await icb.kill();
  icb = await start();
  await expect.poll(enabled).toBe(true);
  expect(direct(ALEX)).toHaveLength(1);
  expect(direct(GRETA)).toHaveLength(1);
});
