import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDattoRmmSimulator } from '../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { freePort, type LiveProcess, runToEnd, startLive } from '../support/live-process.ts';

const TOKEN = 'api-token-for-tests-only';
const SIGNING_SECRET = 'signing-secret-of-a-test';

test('without settings it names every missing one and ends with 1', async () => {
  const { code, output } = await runToEnd({});
  expect(code).toBe(1);
  for (const name of [
    'ICB_BASE_URL',
    'ICB_SECRET',
    'ICB_API_TOKEN',
    'SLACK_BOT_TOKEN',
    'SLACK_CHANNEL',
    'SLACK_ADMINS',
    'SLACK_SIGNING_SECRET or SLACK_APP_TOKEN',
  ])
    expect(output).toContain(`${name} is missing`);
  expect(output).not.toContain('    at ');
});

test('half of a module’s settings is an error, a wrong value too, and no value is printed', async () => {
  const { code, output } = await runToEnd({
    DATTO_RMM_API_KEY: 'key-1234',
    PORT: 'many',
    ICB_SECRET: 'short',
  });
  expect(code).toBe(1);
  expect(output).toContain('DATTO_RMM_API_URL is missing');
  expect(output).toContain('DATTO_RMM_API_SECRET is missing');
  expect(output).toContain('PORT');
  expect(output).not.toMatch(/key-1234|short/);
});

describe('with live settings that point at other servers of the same APIs', () => {
  let dir: string;
  let icb: LiveProcess;
  let closeAll: (() => Promise<unknown>)[] = [];
  let slackUrl: string;

  const api = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const answer = await fetch(`${icb.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : undefined };
  };

  const slackCall = async (method: string, parameters: Record<string, string> = {}) => {
    const answer = await fetch(`${slackUrl}/api/${method}`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-live' },
      body: new URLSearchParams(parameters),
    });
    return answer.json() as Promise<{
      channels: { id: string; name: string }[];
      messages: { text: string }[];
    }>;
  };

  const billingChannel = async () =>
    (await slackCall('conversations.list')).channels.find((channel) => channel.name === 'billing')?.id ?? '';

  async function sync(body: object = {}) {
    const { status, body: started } = await api('POST', '/api/syncs', body);
    expect(status).toBe(202);
    for (;;) {
      const run = (await api('GET', `/api/syncs/${started.id}`)).body;
      if (run.state !== 'running') return run;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'icb-live-'));
    const slack = await createEmulator({
      service: 'slack',
      port: await freePort(),
      seed: {
        slack: {
          signing_secret: SIGNING_SECRET,
          users: [{ name: 'alice', real_name: 'Alice' }],
          channels: [{ name: 'billing' }],
          bots: [{ name: 'icb' }],
          tokens: [{ token: 'xoxb-live', user: 'alice', scopes: [] }],
        },
      },
    });
    const dattoRmm = await startDattoRmmSimulator({
      apiKey: 'live-key',
      apiSecret: 'live-secret',
      account: {
        name: 'Other MSP',
        sites: [
          {
            uid: 'site-1',
            name: 'Daily Mail',
            devices: [
              { hostname: 'PC1', category: 'Desktop' },
              { hostname: 'PC2', category: 'Laptop' },
              { hostname: 'SRV', category: 'Server' },
            ],
          },
        ],
      },
    });
    slackUrl = slack.url;
    closeAll = [() => slack.close(), () => dattoRmm.close()];
    icb = await startLive({
      ICB_DATA_DIR: join(dir, 'db'),
      ICB_SECRET: 'a-secret-of-more-than-16',
      ICB_API_TOKEN: TOKEN,
      ICB_TIMEZONE: 'UTC',
      ICB_CLOCK: '2026-11-10T08:00:00Z',
      SLACK_BOT_TOKEN: 'xoxb-live',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_CHANNEL: await billingChannel(),
      SLACK_ADMINS: 'U0ALICE',
      SLACK_API_URL: `${slack.url}/api/`,
      DATTO_RMM_API_URL: dattoRmm.url,
      DATTO_RMM_API_KEY: 'live-key',
      DATTO_RMM_API_SECRET: 'live-secret',
    });
  }, 30_000);

  afterAll(async () => {
    const ended = await icb?.stop();
    await Promise.all(closeAll.map((close) => close()));
    await rm(dir, { recursive: true, force: true });
    expect(ended?.code).toBe(0);
    expect(ended?.output).not.toMatch(/live-secret|xoxb-live|api-token-for/);
  });

  test('the same path runs, from import to posted items', { timeout: 30_000 }, async () => {
    const imported = await api('POST', '/api/import', {
      organizations: [{ id: '7', name: 'Daily Mail', type: 'customer', active: true }],
      contracts: [
        {
          id: 'c7',
          organizationId: '7',
          name: 'Managed services',
          type: 'recurring-service',
          periodType: 'monthly',
          status: 'active',
          startDate: '2026-01-01',
          endDate: '2027-12-31',
        },
      ],
      contractServices: [
        { id: 's7', contractId: 'c7', service: 'Desktop Monitoring', unitPrice: 12.5, currency: 'USD' },
      ],
    });
    expect(imported.status).toBe(200);
    expect((await api('POST', '/api/modules/datto-rmm/enable')).body).toMatchObject({ enabled: true });
    expect(await sync()).toMatchObject({
      state: 'done',
      modules: [{ id: 'datto-rmm', state: 'done' }],
      psaWrites: 0,
    });

    const { body: suggested } = await api('GET', '/api/organization-mappings/suggestions?module=datto-rmm');
    expect(suggested.items).toMatchObject([
      { class: 'sure', candidates: [{ organizationId: '7', name: 'Daily Mail' }] },
    ]);
    const { moduleOrganizationId } = suggested.items[0];
    await api('PUT', '/api/organization-mappings', {
      mappings: [{ moduleOrganizationId, organizationId: '7' }],
    });
    const key = { contractId: 'c7', module: 'datto-rmm' };
    await api('PUT', '/api/service-mappings', {
      mappings: [
        { ...key, billingType: 'AllDevicesMetric', contractServiceId: 's7', from: 'period-start' },
        { ...key, billingType: 'Server', ignore: true },
      ],
    });
    expect((await api('GET', '/api/plan')).body.items).toMatchObject([
      {
        action: 'create',
        oldUnits: 0,
        newUnits: 3,
        effectiveDate: '2026-11-01',
        amount: '37.50',
        currency: 'USD',
      },
    ]);
    expect(await sync()).toMatchObject({
      lines: { create: 1, change: 0, none: 0, held: 0, blocked: 0 },
      psaWrites: 1,
    });
    expect(await sync()).toMatchObject({ lines: { create: 0, none: 1 }, psaWrites: 0 });

    const { body: pending } = await api('GET', '/api/billing-items?status=pending&period=2026-11');
    expect(pending.items).toMatchObject([
      { kind: 'period', units: 3, amount: '37.50', organization: 'Daily Mail' },
    ]);
    expect(pending.totals).toMatchObject([{ currency: 'USD', amount: '37.50', units: 3, count: 1 }]);
    const posted = await api('POST', '/api/billing-items/approve-and-post', { ids: [pending.items[0].id] });
    expect(posted.body).toMatchObject({ posted: 1 });
    const spec = await api('GET', '/api/widgets/posted-by-module/spec');
    expect(JSON.stringify(spec.body)).toContain('Datto RMM');
  });

  test('the summary reached the channel of that Slack', { timeout: 30_000 }, async () => {
    const channel = await billingChannel();
    // A run is done before its summary is posted: telling people changes nothing that was billed.
    await expect
      .poll(async () => (await slackCall('conversations.history', { channel })).messages.length, {
        timeout: 15_000,
      })
      .toBeGreaterThanOrEqual(3);
  });

  test('a signed command is answered, a forged and a stale one are not', async () => {
    const answers: string[] = [];
    let answered: () => void = () => {};
    const heard = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const responses = createServer(async (request, response) => {
      for await (const chunk of request) answers.push(String(chunk));
      response.end('ok');
      answered();
    });
    const port = await freePort();
    await new Promise<void>((resolve) => responses.listen(port, '127.0.0.1', resolve));
    closeAll.push(() => new Promise((resolve) => responses.close(resolve)));
    const send = (secret: string, secondsAgo = 0) => {
      const body = new URLSearchParams({
        command: '/icb',
        text: 'help',
        user_id: 'U0ALICE',
        user_name: 'alice',
        team_id: 'T1',
        channel_id: 'C1',
        trigger_id: '1.2.3',
        response_url: `http://127.0.0.1:${port}/`,
      }).toString();
      const at = String(Math.floor(Date.now() / 1000) - secondsAgo);
      const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
      return fetch(`${icb.url}/slack/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': at,
          'x-slack-signature': signature,
        },
        body,
      });
    };
    const genuine = await send(SIGNING_SECRET);
    expect(genuine.status).toBe(200);
    await heard;
    expect(answers.join('')).toContain('/icb map');
    expect((await send('another-secret')).status).toBe(401);
    expect((await send(SIGNING_SECRET, 600)).status).toBe(401);
  });
});
