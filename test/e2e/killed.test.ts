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
  await api('PUT', '/api/added-modules/huntress', MODULE);
  await api('POST', '/api/usage', USAGE);
  await api('POST', '/api/modules/huntress/enable');
}, 30_000);

afterAll(async () => {
  await icb?.stop();
  silent.close();
  silent.closeAllConnections();
  await slack.close();
  await rm(dir, { recursive: true, force: true });
});

const MODULE = {};
const USAGE = {};

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
