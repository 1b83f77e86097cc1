import { describe, expect, it } from 'vitest';
import { client } from '../../../src/simulators/datto-backup/account.ts';
import { KINDS } from '../../../src/simulators/datto-backup/kinds.ts';
import { runDattoBackupSimulator } from '../../../src/simulators/datto-backup/run-datto-backup-simulator.ts';
import { createStandIn } from '../../../src/simulators/datto-backup/stand-in.ts';
import { dattoBackupApp } from '../../../src/simulators/datto-backup/start-datto-backup-simulator.ts';

const ACCOUNT = {
  name: 'MSP',
  clients: [
    client(7, 'Daily <b>Mail</b>', {
      devices: [{ name: 'A', agents: 2, shares: 0, offsite: null }],
      saas: [{ id: 70, name: 'Daily Mail', domains: ['dm.example'], seats: [] }],
    }),
  ],
};

function open() {
  const standIn = createStandIn({ account: ACCOUNT });
  const app = dattoBackupApp(standIn);
  const key = `Basic ${btoa(`${standIn.apiKey}:${standIn.apiSecret}`)}`;
  const get = (path: string, authorization = key) => app.request(path, { headers: { authorization } });
  const change = (body: object, id = 7) =>
    app.request(`/_sim/clients/${id}/counts`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  return { standIn, app, get, change };
}

describe('keys', () => {
  it('are asked for on every route', async () => {
    const { get } = open();
    for (const path of ['/v1/bcdr/device', '/v1/dtc/assets', '/v1/saas/domains', '/v1/saas/70/seats']) {
      expect((await get(path)).status).toBe(200);
      const refusal = await get(path, 'Basic nonsense');
      expect([refusal.status, await refusal.json()]).toEqual([401, { code: 401, message: 'Unauthorized' }]);
    }
    expect((await get('/v1/nowhere')).status).toBe(404);
  });
});

describe('controls', () => {
  it.each(KINDS)('add a %s and take it away again', async (kind) => {
    const { standIn, change } = open();
    const counted = () => {
      const [only] = standIn.world.clients();
      return only ? standIn.world.count(only, kind) : 0;
    };
    const before = counted();
    expect(await (await change({ action: 'add', kind, n: 3 })).json()).toMatchObject({ kind, changed: 3 });
    expect(counted()).toBe(before + 3);
    await change({ action: 'remove', kind, n: 3 });
    expect(counted()).toBe(before);
  });

  it('never give a serial number twice', async () => {
    const { standIn, change } = open();
    const serials = () => standIn.world.client(7)?.devices.map((device) => device.serialNumber) ?? [];
    await change({ action: 'add', kind: 'appliance' });
    const [, added] = serials();
    await change({ action: 'remove', kind: 'appliance' });
    await change({ action: 'add', kind: 'appliance' });
    expect(serials()[1]).not.toBe(added);
  });

  it('refuse what they do not know', async () => {
    const { change } = open();
    expect((await change({ action: 'add', kind: 'toaster' })).status).toBe(400);
    expect((await change({ action: 'add', kind: 'agent' }, 8)).status).toBe(404);
  });

  it('show a page, names escaped, and change counts by its form', async () => {
    const { app } = open();
    expect(await (await app.request('/_sim/')).text()).toContain('Daily &lt;b&gt;Mail&lt;/b&gt;');
    const form = new URLSearchParams({ action: 'add', kind: 'agent', n: '2' });
    const answer = await app.request('/_sim/clients/7/counts?q=dai', { method: 'POST', body: form });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/_sim/?q=dai']);
  });

  it('switch faults, and tell the state', async () => {
    const { app, standIn } = open();
    const send = (body: object) =>
      app.request('/_sim/faults', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    expect((await send({ objectKeyed: true })).status).toBe(200);
    expect((await send({ nonsense: true })).status).toBe(400);
    expect(standIn.faults.objectKeyed).toBe(true);
    expect(await (await app.request('/_sim/state')).json()).toMatchObject({
      clients: [{ organizationId: 7, counts: { agent: 2 } }],
      faults: { objectKeyed: true },
    });
  });
});

it('filters seats by the last seat type given, as the vendor does', async () => {
  const { standIn, get, change } = open();
  await change({ action: 'add', kind: 'active seat', n: 2 });
  const seats = async (query: string) =>
    ((await (await get(`/v1/saas/70/seats${query}`)).json()) as unknown[]).length;
  expect(standIn.world.clients()).toHaveLength(1);
  expect(await seats('?seatType=User,Site')).toBe(2);
  expect(await seats('?seatType=User&seatType=Site')).toBe(0);
});

it('runs alone, the same for the same seed, and prints how to sign in', async () => {
  const lines: string[] = [];
  const [one, two] = await Promise.all([
    runDattoBackupSimulator({ seed: 5 }, (line) => lines.push(line)),
    runDattoBackupSimulator({ seed: 5 }, () => {}),
  ]);
  const printed = Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
  expect(printed).toMatchObject({ url: one.url, key: one.apiKey, secret: one.apiSecret });
  expect(one.world.clients()).toEqual(two.world.clients());
  expect([one.apiKey, one.apiSecret]).toEqual([two.apiKey, two.apiSecret]);
  await Promise.all([one.close(), two.close()]);
});
