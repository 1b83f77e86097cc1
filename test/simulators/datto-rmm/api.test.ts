import { describe, expect, it } from 'vitest';
import { dattoRmmApp } from '../../../src/simulators/datto-rmm/datto-rmm-app.ts';
import { demoAccount } from '../../../src/simulators/datto-rmm/demo-account.ts';
import { generatedAccount } from '../../../src/simulators/datto-rmm/generated-account.ts';
import { createStandIn, type StandInOptions } from '../../../src/simulators/datto-rmm/stand-in.ts';

const ACCOUNT = demoAccount(
  [
    {
      uid: 's1',
      name: 'Daily Mail',
      autotaskCompanyId: '29683',
      counts: { Desktop: 3, Server: 2, Printer: 1 },
    },
    { uid: 's2', name: 'Globex', counts: { Laptop: 4, 'Datto Switch': 1, Unknown: 1 } },
  ],
  1,
);

const PUBLIC = `Basic ${btoa('public-client:public')}`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

function open(options: StandInOptions = {}) {
  const standIn = createStandIn({ account: ACCOUNT, ...options });
  const app = dattoRmmApp(standIn);
  const form = (change: Record<string, string> = {}) =>
    new URLSearchParams({
      grant_type: 'password',
      username: standIn.apiKey,
      password: standIn.apiSecret,
      ...change,
    }).toString();
  const signIn = (body = form(), headers: Record<string, string> = { ...FORM, authorization: PUBLIC }) =>
    app.request('/auth/oauth/token', { method: 'POST', body, headers });
  async function signedIn() {
    const { access_token } = (await (await signIn()).json()) as { access_token: string };
    return async (path: string) => {
      const answer = await app.request(`http://rmm.test/api/v2/${path}`, {
        headers: { authorization: `Bearer ${access_token}` },
      });
      // biome-ignore lint/suspicious/noExplicitAny: a vendor body, looked into field by field
      return { status: answer.status, body: (await answer.json()) as any, headers: answer.headers };
    };
  }
  return { standIn, app, form, signIn, signedIn };
}

describe('sign-in', () => {
  it('gives a bearer token for 100 hours', async () => {
    const { signIn, standIn } = open({ now: () => 0 });
    const answer = await signIn();
    expect(await answer.json()).toMatchObject({ token_type: 'bearer', expires_in: 360_000 });
    expect([...standIn.tokens.values()]).toEqual([360_000_000]);
  });

  it('refuses a wrong key, a wrong client, another grant and a JSON body', async () => {
    const { signIn, form } = open();
    const refusals = await Promise.all([
      signIn(form({ password: 'wrong' })),
      signIn(form(), { ...FORM, authorization: `Basic ${btoa('me:me')}` }),
      signIn(form({ grant_type: 'client_credentials' })),
      signIn('{"grant_type":"password"}', { 'content-type': 'application/json', authorization: PUBLIC }),
    ]);
    expect(refusals.map((answer) => answer.status)).toEqual([400, 401, 400, 400]);
    expect(await refusals[0]?.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('is needed for everything but the system’s status, and ends', async () => {
    const { app, standIn, signedIn } = open();
    expect((await app.request('/api/v2/system/status')).status).toBe(200);
    expect((await app.request('/api/v2/account')).status).toBe(401);
    const get = await signedIn();
    expect((await get('account')).status).toBe(200);
    standIn.advance(360_000_001);
    expect((await get('account')).body).toMatchObject({
      status: 401,
      error: 'Unauthorized',
      path: '/v2/account',
    });
  });
});

describe('lists', () => {
  it('page from 0 with absolute addresses and the whole number', async () => {
    const get = await open().signedIn();
    const first = (await get('account/devices?max=5')).body;
    expect(first.pageDetails).toEqual({
      count: 5,
      totalCount: 12,
      prevPageUrl: null,
      nextPageUrl: 'http://rmm.test/api/v2/account/devices?max=5&page=1',
    });
    const last = (await get('account/devices?max=5&page=2')).body;
    expect(last.pageDetails).toMatchObject({ count: 2, nextPageUrl: null });
    expect((await get('account/devices?page=9')).body.devices).toEqual([]);
    for (const bad of ['page=-1', 'page=one', 'max=0']) {
      expect((await get(`account/devices?${bad}`)).status).toBe(400);
    }
  });

  it('hold 250 rows at most', async () => {
    const get = await open({ account: generatedAccount({ sites: 300, devices: 300, seed: 2 }) }).signedIn();
    expect((await get('account/sites?max=1000')).body.sites).toHaveLength(250);
    expect((await get('system/pagination')).body).toEqual({ max: 250 });
  });

  it.each([
    ['hostname=dai-', 6],
    ['deviceType=desk', 3],
    ['deviceType=DATTO', 1],
    ['operatingSystem=FIRMWARE', 2],
    ['siteName=glob', 6],
    ['siteName=glob&deviceType=laptop', 4],
    ['hostname=100%25', 0],
    ['filterId=2', 3],
    ['filterId=5&hostname=nothing', 1],
  ])('of devices by %s: %i', async (query, count) => {
    const get = await open().signedIn();
    expect((await get(`account/devices?${query}`)).body.devices).toHaveLength(count);
  });

  it('of a filter or site there is not are 404', async () => {
    const get = await open().signedIn();
    expect((await get('account/devices?filterId=999')).status).toBe(404);
    expect((await get('site/none')).status).toBe(404);
    expect((await get('site/none/devices')).status).toBe(404);
    expect((await get('nothing/here')).status).toBe(404);
  });

  it('of one site are its own', async () => {
    const get = await open().signedIn();
    expect((await get('site/s1')).body).toMatchObject({
      name: 'Daily Mail',
      autotaskCompanyId: '29683',
      devicesStatus: { numberOfDevices: 6 },
    });
    expect((await get('site/s1/devices')).body.pageDetails.totalCount).toBe(6);
    expect((await get('account')).body.devicesStatus).toMatchObject({
      numberOfDevices: 12,
      numberOfOnDemandDevices: 0,
    });
  });

  it('of filters name the account’s own apart from the vendor’s', async () => {
    const filters = [{ id: 77, name: '_NotBillable_', hostnames: ['DAI-PC-001'] }];
    const get = await open({ account: { ...ACCOUNT, filters } }).signedIn();
    expect((await get('filter/custom-filters')).body.filters).toMatchObject([{ id: 77, type: 'custom' }]);
    expect((await get('filter/default-filters')).body.filters[0]).toMatchObject({
      id: 1,
      type: 'rmm_default',
    });
    expect((await get('account/devices?filterId=77')).body.devices).toMatchObject([
      { hostname: 'DAI-PC-001' },
    ]);
  });
});

describe('rate', () => {
  it('turns callers away with 429, blocks those who go on, and forgives with time', async () => {
    const { standIn, signedIn } = open({ rateLimit: 10, rateScale: 0.001, now: () => 0 });
    const get = await signedIn();
    const statuses: number[] = [];
    for (let i = 0; i < 32; i++) statuses.push((await get('system/pagination')).status);
    expect(statuses).toEqual([...Array(10).fill(200), ...Array(20).fill(429), 403, 403]);
    standIn.advance(299);
    expect((await get('system/pagination')).status).toBe(403);
    standIn.advance(2);
    expect((await get('system/request_rate')).body).toMatchObject({ accountCount: 1, accountRateLimit: 10 });
  });
});

describe('accounts', () => {
  it('are the same for the same seed, and others for another', () => {
    const of = (seed: number) => generatedAccount({ sites: 50, devices: 400, seed });
    expect(of(5)).toEqual(of(5));
    expect(of(6)).not.toEqual(of(5));
    expect(of(5).sites.flatMap((site) => site.devices)).toHaveLength(400);
    expect(of(5).sites.every((site) => site.devices.length > 0)).toBe(true);
  });

  it('keep device ids for the same seed from run to run', async () => {
    const uids = async () => {
      const get = await open({ seed: 3 }).signedIn();
      return (await get('account/devices')).body.devices.map((device: { uid: string }) => device.uid);
    };
    expect(await uids()).toEqual(await uids());
    expect(new Set(await uids()).size).toBe(12);
  });
});
