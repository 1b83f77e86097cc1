import { describe, expect, it } from 'vitest';
import { dattoRmmApp } from '../../../src/simulators/datto-rmm/datto-rmm-app.ts';
import { demoAccount } from '../../../src/simulators/datto-rmm/demo-account.ts';
import { runDattoRmmSimulator } from '../../../src/simulators/datto-rmm/run-datto-rmm-simulator.ts';
import { createStandIn } from '../../../src/simulators/datto-rmm/stand-in.ts';

function open() {
  const account = demoAccount(
    [{ uid: 's1', name: 'Daily <b>Mail</b>', counts: { Desktop: 3, Server: 1 } }],
    1,
  );
  const standIn = createStandIn({ account });
  const app = dattoRmmApp(standIn);
  const post = (path: string, body: unknown) =>
    app.request(`/_sim/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const hostnames = () => standIn.world.rows().map(({ device }) => device.hostname);
  return { standIn, app, post, hostnames };
}

describe('the page for people', () => {
  it('shows sites with their counts, names escaped', async () => {
    const { app } = open();
    const page = await (await app.request('/_sim/')).text();
    expect(page).toContain('Daily &lt;b&gt;Mail&lt;/b&gt;');
    expect(page).toContain('3 Desktop, 1 Server');
    expect(await (await app.request('/_sim/?q=nobody')).text()).not.toContain('Daily');
  });

  it('changes a count by its form and comes back', async () => {
    const { app, standIn } = open();
    const send = (fields: Record<string, string>) =>
      app.request('/_sim/sites/s1/devices?q=dai', { method: 'POST', body: new URLSearchParams(fields) });
    const answer = await send({ action: 'add', category: 'Laptop', n: '2' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/_sim/?q=dai']);
    expect(standIn.world.rows()).toHaveLength(6);
  });
});

describe('controls', () => {
  it('add devices that look like the others and remove the newest first', async () => {
    const { post, hostnames } = open();
    await post('sites/s1/devices', { action: 'add', category: 'Desktop', n: 2 });
    expect(hostnames()).toContain('DAI-PC-005');
    const removed = await post('sites/s1/devices', { action: 'remove', category: 'Desktop', n: 4 });
    expect(await removed.json()).toMatchObject({ action: 'remove', changed: 4 });
    expect(hostnames()).toEqual(['DAI-PC-001', 'DAI-SRV-001']);
  });

  it('remove no more than there are, and never take an id twice', async () => {
    const { post, standIn } = open();
    await post('sites/s1/devices', { action: 'remove', category: 'Server', n: 9 });
    const before = standIn.world.rows().map(({ device }) => device.uid);
    await post('sites/s1/devices', { action: 'add', category: 'Server', n: 1 });
    expect(before).not.toContain(standIn.world.rows().at(-1)?.device.uid);
  });

  it('add a site, which the next sync finds', async () => {
    const { post, standIn } = open();
    const { uid } = (await (await post('sites', { name: 'Initech' })).json()) as { uid: string };
    expect(standIn.world.site(uid)).toMatchObject({ name: 'Initech', devices: [] });
  });

  it('switch faults by name, leave the others, and clear them', async () => {
    const { app, post, standIn } = open();
    await post('faults', { slowMs: 5 });
    await post('faults', { unauthorized: 'once' });
    expect(standIn.faults).toMatchObject({ slowMs: 5, unauthorized: 'once' });
    await app.request('/_sim/faults', { method: 'DELETE' });
    expect(standIn.faults).toMatchObject({ slowMs: 0, unauthorized: null });
  });

  it('move the clock', async () => {
    const { post, standIn } = open();
    const before = standIn.now();
    await post('clock', { advanceSeconds: 3_600 });
    expect(standIn.now() - before).toBeGreaterThanOrEqual(3_600_000);
  });

  it('show the state and the calls made', async () => {
    const { app } = open();
    await app.request('/api/v2/account/sites?page=0');
    expect(await (await app.request('/_sim/state')).json()).toMatchObject({
      sites: [{ uid: 's1', devices: { Desktop: 3, Server: 1 } }],
      requests: { logged: 1 },
    });
    expect(await (await app.request('/_sim/requests')).json()).toEqual([
      { method: 'GET', path: '/api/v2/account/sites', query: { page: '0' }, status: 401 },
    ]);
  });

  it.each([
    ['faults', { slow: 5 }],
    ['faults', { changedField: 'anything' }],
    ['faults', 'nonsense'],
    ['clock', { advanceSeconds: -1 }],
    ['sites', { name: ' ' }],
    ['sites/s1/devices', { action: 'add', category: 'Toaster', n: 1 }],
    ['sites/s1/devices', { action: 'add', category: 'Desktop', n: 0 }],
  ])('refuse %s %j', async (path, body) => {
    const { post } = open();
    expect((await post(path, body)).status).toBe(400);
  });

  it('know no site that is not there', async () => {
    expect((await open().post('sites/s9/devices', { action: 'add', category: 'Desktop' })).status).toBe(404);
  });
});

it('runs alone and prints where it is and how to sign in', async () => {
  const lines: string[] = [];
  const simulator = await runDattoRmmSimulator({ seed: 2 }, (line) => lines.push(line));
  const printed = Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
  expect(printed).toMatchObject({ url: simulator.url, key: simulator.apiKey, secret: simulator.apiSecret });
  expect((await fetch(`${printed.url}/api/v2/system/status`)).status).toBe(200);
  await simulator.close();
});
