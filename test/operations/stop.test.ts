import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDattoRmmSimulator } from '../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { type Gate, startGate } from '../support/gate.ts';
import { LIVE_TOKEN, type LiveProcess, liveSettings, startLive } from '../support/live-process.ts';
import { startQuietSlack } from '../support/quiet-slack.ts';
import { until } from '../support/until.ts';

let dir: string;
let gate: Gate;
let settings: NodeJS.ProcessEnv;
let closing: (() => Promise<unknown>)[];
let icb: LiveProcess | undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'icb-stop-'));
  const slack = await startQuietSlack();
  const rmm = await startDattoRmmSimulator({
    apiKey: 'key-of-rmm',
    apiSecret: 'secret-of-rmm',
    account: { name: 'Other MSP', sites: [{ uid: 's1', name: 'Daily Mail', devices: [] }] },
  });
  gate = await startGate(rmm.url);
  closing = [() => gate.close(), () => rmm.close(), () => slack.close()];
  settings = {
    ICB_DATA_DIR: join(dir, 'db'),
    ...liveSettings({ slack: slack.url, rmm: gate.url }),
  };
});

afterEach(async () => {
  gate.open();
  await icb?.stop();
  await Promise.all(closing.map((close) => close()));
  await rm(dir, { recursive: true, force: true });
}, 60_000);

const api = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${icb?.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${LIVE_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
};

/** A sync that waits for its module's answer. */
async function beginSync(): Promise<string> {
  await api('POST', '/api/modules/datto-rmm/enable', {});
  gate.shut();
  const { body } = await api('POST', '/api/syncs', {});
  await gate.waited();
  return body.id;
}

const runOf = async (id: string) => (await api('GET', `/api/syncs/${id}`)).body;

const untilDone = (id: string) =>
  until(
    () => runOf(id),
    ({ state }) => state !== 'running',
    (run) => `the run ends; it is ${JSON.stringify(run)}; icb said:\n${icb?.output()}`,
  );

test('a stop lets a sync end, says meanwhile that icb is not ready, and leaves what waits to the next start', {
  timeout: 300_000,
}, async () => {
  // Far more than the test takes on a slow machine: the sync must not be cut off.
  icb = await startLive({ ...settings, ICB_STOP_SECONDS: '600' });
  const id = await beginSync();
  const { body: second } = await api('POST', '/api/syncs', {});
  const ended = icb.stop();
  await expect
    .poll(async () => (await fetch(`${icb?.url}/readyz`)).status, { interval: 10, timeout: 90_000 })
    .toBe(503);
  expect(await (await fetch(`${icb.url}/readyz`)).json()).toMatchObject({ status: 'stopping' });
  expect((await fetch(`${icb.url}/healthz`)).status).toBe(200);
  const { status, body } = await api('POST', '/api/syncs', {});
  expect([status, body.detail]).toEqual([409, 'icb is stopping; start the sync again in a minute.']);
  gate.open();
  const { code, output } = await ended;
  expect(code).toBe(0);
  expect(output).toContain('"msg":"sync ended"');
  icb = await startLive(settings);
  expect(await runOf(id)).toMatchObject({ state: 'done', modules: [{ id: 'datto-rmm', state: 'done' }] });
  // What stood behind it begins now, and only that.
  expect(await untilDone(second.id)).toMatchObject({ state: 'done' });
  expect(icb.output().match(/goes on/g)).toHaveLength(1);
});

test('one that takes too long is cut off where it is, in time, and goes on at the next start', {
  timeout: 300_000,
}, async () => {
  icb = await startLive({ ...settings, ICB_STOP_SECONDS: '2' });
  const id = await beginSync();
  const began = performance.now();
  const { code, output } = await icb.stop();
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(code).toBe(0);
  expect(output).toContain('a sync was cut off by the stop; it goes on where it was at the next start');
  gate.open();
  icb = await startLive(settings);
  expect(await untilDone(id)).toMatchObject({
    state: 'done',
    modules: [{ id: 'datto-rmm', state: 'done', moduleOrganizations: 1 }],
  });
  expect(icb.output()).toContain('a sync that was cut off goes on');
});
