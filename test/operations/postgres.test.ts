import { afterAll, beforeAll, expect, test } from 'vitest';
import { doctor } from '../../src/cli/doctor.ts';
import { startDattoRmmSimulator } from '../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { LIVE_TOKEN, type LiveProcess, liveSettings, startLive } from '../support/live-process.ts';
import { type PostgresServer, postgresServer } from '../support/postgres-server.ts';
import { startQuietSlack } from '../support/quiet-slack.ts';
import { until } from '../support/until.ts';

let server: PostgresServer;
let settings: NodeJS.ProcessEnv;
let a: LiveProcess;
let b: LiveProcess;
let closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  server = await postgresServer({ durable: true });
  const slack = await startQuietSlack();
  const rmm = await startDattoRmmSimulator({
    apiKey: 'key-of-rmm',
    apiSecret: 'secret-of-rmm',
    account: { name: 'Other MSP', sites: [{ uid: 's1', name: 'Daily Mail', devices: [] }] },
  });
  settings = {
    DATABASE_URL: await server.freshUrl(),
    ...liveSettings({ slack: slack.url, rmm: rmm.url }),
  };
  closing = [() => rmm.close(), () => slack.close()];
  [a, b] = await Promise.all([startLive(settings), startLive(settings)]);
}, 240_000);

afterAll(async () => {
  await Promise.all([a?.stop(), b?.stop()]);
  await Promise.all(closing.map((close) => close()));
  await server.stop();
});

const call = async (icb: LiveProcess, method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${icb.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${LIVE_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
};

test('what one process does the other shows, runs included', { timeout: 240_000 }, async () => {
  expect((await call(a, 'POST', '/api/modules/datto-rmm/enable', {})).status).toBe(200);
  const [one, two] = await Promise.all([
    call(a, 'POST', '/api/syncs', {}),
    call(b, 'POST', '/api/syncs', {}),
  ]);
  expect([one.status, two.status]).toEqual([202, 202]);
  for (const [icb, id] of [
    [b, one.body.id],
    [a, two.body.id],
  ] as const) {
    const run = await until(
      async () => (await call(icb, 'GET', `/api/syncs/${id}`)).body,
      ({ state }) => state !== 'running',
      (seen) => `the run ends; it is ${JSON.stringify(seen)}; icb said:\n${icb.output()}`,
    );
    expect(run).toMatchObject({ id, state: 'done' });
  }
  const { body } = await call(b, 'GET', '/api/module-organizations?module=datto-rmm');
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['Daily Mail']);
});

test('doctor names the database, without its password', { timeout: 240_000 }, async () => {
  const { text } = await doctor({ ...settings, PORT: new URL(a.url).port, ICB_BASE_URL: a.url });
  expect(text).toContain(`The store in PostgreSQL at 127.0.0.1:${server.port}/postgres opens.`);
  expect(text).not.toContain('icb:icb@');
});

test('a server that is away shows in /readyz and in answers, and icb goes on once it is back', {
  timeout: 300_000,
}, async () => {
  await server.kill();
  const { status, body } = await call(a, 'GET', '/readyz');
  expect([status, body]).toMatchObject([
    503,
    {
      status: 'not-ready',
      store: { state: 'failed', problem: expect.stringMatching(/^PostgreSQL does not answer/) },
    },
  ]);
  const refused = await call(a, 'GET', '/api/organizations');
  expect([refused.status, refused.body.code]).toEqual([503, 'store-unavailable']);
  expect((await call(a, 'GET', '/healthz')).status).toBe(200);
  await server.start();
  for (const icb of [a, b])
    await until(
      () => call(icb, 'GET', '/readyz'),
      ({ status: now }) => now === 200,
      (seen) => `icb is ready again; ${JSON.stringify(seen)}; icb said:\n${icb.output()}`,
    );
  expect((await call(a, 'GET', '/api/organizations')).status).toBe(200);
});
