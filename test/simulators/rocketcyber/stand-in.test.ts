import { describe, expect, it } from 'vitest';
import { runRocketCyberSimulator } from '../../../src/simulators/rocketcyber/run-rocketcyber-simulator.ts';
import { createStandIn } from '../../../src/simulators/rocketcyber/stand-in.ts';
import { rocketCyberApp } from '../../../src/simulators/rocketcyber/start-rocketcyber-simulator.ts';
import { countOf, KINDS } from '../../../src/simulators/rocketcyber/world.ts';

function open() {
  const standIn = createStandIn({
    accounts: [{ id: 7, name: 'Acme', agents: [], firewalls: [], officeUsers: 3 }],
  });
  const app = rocketCyberApp(standIn);
  const get = (path: string, key = standIn.apiKey) =>
    app.request(path, { headers: { authorization: `Bearer ${key}` } });
  const change = (body: object, id = 7) =>
    app.request(`/_sim/accounts/${id}/counts`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  return { standIn, app, get, change };
}

describe('the API', () => {
  it('refuses another key, knows one path of accounts and no other route', async () => {
    const { get } = open();
    expect((await get('/v3/agents', 'other')).status).toBe(401);
    expect((await get('/v3/account')).status).toBe(200);
    expect((await get('/v3/accounts')).status).toBe(404);
    expect((await get('/v3/incidents')).status).toBe(404);
    expect((await get('/v3/office?accountId=8')).status).toBe(404);
  });

  it('pages, and filters by account', async () => {
    const { get, change } = open();
    await change({ action: 'add', kind: 'agent', n: 5 });
    expect(await (await get('/v3/agents?page=2&pageSize=2')).json()).toMatchObject({
      totalCount: 5,
      currentPage: 2,
      totalPages: 3,
      dataCount: 2,
    });
    expect(await (await get('/v3/agents?accountId=8')).json()).toMatchObject({ totalCount: 0, data: [] });
  });
});

describe('controls', () => {
  it.each(KINDS)('add a %s and take it away again', async (kind) => {
    const { standIn, change } = open();
    const counted = () => {
      const [only] = standIn.world.accounts();
      return only ? countOf(only, kind) : 0;
    };
    const before = counted();
    await change({ action: 'add', kind, n: 3 });
    expect(counted()).toBe(before + 3);
    await change({ action: 'remove', kind, n: 3 });
    expect(counted()).toBe(before);
  });

  it('refuse what they do not know, and show a page and the state', async () => {
    const { app, change } = open();
    expect((await change({ action: 'add', kind: 'toaster' })).status).toBe(400);
    expect((await change({ action: 'add', kind: 'agent' }, 8)).status).toBe(404);
    expect(await (await app.request('/_sim/')).text()).toContain('Acme');
    expect(await (await app.request('/_sim/state')).json()).toMatchObject({
      accounts: [{ id: 7, counts: { 'Microsoft 365 user': 3 } }],
    });
  });
});

it('runs alone, the same for the same seed, and prints how to sign in', async () => {
  const lines: string[] = [];
  const [one, two] = await Promise.all([
    runRocketCyberSimulator({ seed: 5 }, (line) => lines.push(line)),
    runRocketCyberSimulator({ seed: 5 }, () => {}),
  ]);
  const printed = Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
  expect(printed).toMatchObject({ url: one.url, key: one.apiKey });
  expect(one.world.accounts()).toEqual(two.world.accounts());
  await Promise.all([one.close(), two.close()]);
});
