import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDattoRmmSimulator } from '../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { type Gate, startGate } from '../support/gate.ts';
import { LIVE_TOKEN, type LiveProcess, liveSettings, startLive } from '../support/live-process.ts';
import { type PostgresServer, postgresServer } from '../support/postgres-server.ts';
import { startQuietSlack } from '../support/quiet-slack.ts';
import { type SeverableProxy, severableProxy } from '../support/severable-proxy.ts';

let server: PostgresServer;
let proxy: SeverableProxy;
let gate: Gate;
let icb: LiveProcess;
let closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  server = await postgresServer();
  proxy = await severableProxy(server.port);
  const slack = await startQuietSlack();
  const rmm = await startDattoRmmSimulator({
    apiKey: 'key-of-rmm',
    apiSecret: 'secret-of-rmm',
    account: { name: 'Other MSP', sites: [{ uid: 's1', name: 'Daily Mail', devices: [] }] },
  });
  gate = await startGate(rmm.url);
  closing = [() => gate.close(), () => rmm.close(), () => slack.close()];
  const url = new URL(await server.freshUrl());
  url.port = String(proxy.port);
  icb = await startLive({
    DATABASE_URL: url.href,
    ICB_STOP_SECONDS: '4',
    ...liveSettings({ slack: slack.url, rmm: gate.url }),
  });
}, 240_000);

afterAll(async () => {
  await icb?.kill();
  gate?.open();
  proxy?.sever();
  await Promise.all(closing.map((close) => close()));
  await server?.stop();
}, 120_000);

const post = async (path: string) => {
  const headers = { authorization: `Bearer ${LIVE_TOKEN}`, 'content-type': 'application/json' };
  const answer = await fetch(`${icb.url}${path}`, { method: 'POST', headers, body: '{}' });
  return answer.status;
};

/** A firewall that forgot the connections: nothing is refused, and nothing comes back. */
test('a database that says nothing any more shows in /readyz, and a stop with a run that waits for it ends', {
  timeout: 240_000,
}, async () => {
  expect(await post('/api/modules/datto-rmm/enable')).toBe(200);
  gate.shut();
  expect(await post('/api/syncs')).toBe(202);
  await gate.waited();
  proxy.swallow();
  const answer = await fetch(`${icb.url}/readyz`);
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { status: 'not-ready', store: { state: 'failed', problem: expect.stringMatching(/does not answer/) } },
  ]);
  expect((await fetch(`${icb.url}/healthz`)).status).toBe(200);
  gate.open();
  const began = performance.now();
  const { code, output } = await icb.stop();
  expect(code, output).toBe(0);
  // A run waits two minutes for its database; the machine may be slow, but this is not that wait.
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(output).toContain('a sync was cut off by the stop');
  const notJson = output.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  expect(notJson).toEqual([]);
});
