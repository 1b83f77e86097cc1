import { describe, expect, test } from 'vitest';
import { BASE_URL, BEARER, cookieOf, MACHINE_NOW, SAME_ORIGIN, sampleWeb } from './sample-web.ts';
import { RMM, sampleItem } from './sample-world.ts';

const CROSS_SITE = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };

describe('who may read the API', () => {
  test.each([
    ['nobody', {}, 401],
    ['a wrong bearer', { Authorization: 'Bearer wrong' }, 401],
    ['a bearer without the word', { Authorization: 'test-api-token' }, 401],
    ['the API token', BEARER, 200],
    ['a viewer', cookieOf('viewer'), 200],
    ['an admin', cookieOf('admin'), 200],
    ['a session that is over', cookieOf('admin', MACHINE_NOW - 1), 401],
    ['a wrong bearer beside a good session', { ...cookieOf('admin'), Authorization: 'Bearer x' }, 401],
    ['a forged session', { Cookie: 'icb=e30.AAAA' }, 401],
  ])('%s', async (_who, headers, status) => {
    const web = await sampleWeb();
    expect((await web.get('/api/modules', headers)).status).toBe(status);
  });
});

describe('who may write', () => {
  test.each([
    ['nobody', {}, 401],
    ['the API token, from no browser', BEARER, 200],
    ['a viewer on our page', { ...cookieOf('viewer'), ...SAME_ORIGIN }, 403],
    ['an admin on our page', { ...cookieOf('admin'), ...SAME_ORIGIN }, 200],
    ['an admin in a browser that sends only Origin', { ...cookieOf('admin'), Origin: BASE_URL }, 200],
    ['an admin lured by another site', { ...cookieOf('admin'), ...CROSS_SITE }, 403],
    [
      'an admin, another site in an old browser',
      { ...cookieOf('admin'), Origin: 'https://evil.example' },
      403,
    ],
    ['an admin, another site that hides its name', { ...cookieOf('admin'), Origin: 'null' }, 403],
    ['an admin, a sister host', { ...cookieOf('admin'), ...SAME_ORIGIN, 'Sec-Fetch-Site': 'same-site' }, 403],
    ['an admin, no sign of where from', cookieOf('admin'), 403],
  ])('%s', async (_who, headers, status) => {
    const web = await sampleWeb();
    const answer = await web.send('POST', `/api/modules/${RMM}/enable`, undefined, headers);
    expect(answer.status).toBe(status);
    const state = await (await web.core.store.snapshot()).get('moduleStates', RMM);
    expect(state?.enabled ?? false).toBe(status === 200);
  });

  test('a viewer learns who can', async () => {
    const web = await sampleWeb();
    const answer = await web.send('POST', '/api/syncs', {}, { ...cookieOf('viewer'), ...SAME_ORIGIN });
    expect(await answer.json()).toMatchObject({
      code: 'forbidden',
      detail: expect.stringContaining('the role operator'),
    });
  });

  test.each(['/dashboard/sync', '/dashboard/items/approve-and-post', '/dashboard/items/i1/unpost'])(
    'a viewer cannot through the form %s either',
    async (path) => {
      const web = await sampleWeb();
      await web.core.store.commit({ put: { billingItems: [sampleItem({ id: 'i1' })] } });
      const fields = { ids: 'i1', confirmed: 'yes', reason: 'because' };
      expect((await web.form(path, fields, { ...cookieOf('viewer'), ...SAME_ORIGIN })).status).toBe(403);
      expect((await web.form(path, fields, { ...cookieOf('admin'), ...CROSS_SITE })).status).toBe(403);
      expect((await (await web.core.store.snapshot()).get('billingItems', 'i1'))?.status).toBe('pending');
    },
  );

  test('who wrote is on record, and where', async () => {
    const web = await sampleWeb();
    await web.send('POST', `/api/modules/${RMM}/enable`, undefined, { ...cookieOf('admin'), ...SAME_ORIGIN });
    await web.send('POST', `/api/modules/${RMM}/disable`);
    const audit = (await (await web.get('/api/audit')).json()) as { items: object[] };
    expect(audit.items.slice(0, 2)).toMatchObject([
      { by: { kind: 'api', name: 'API token' } },
      { by: { kind: 'slack', userId: 'U1', name: 'Ada' }, place: 'dashboard' },
    ]);
    expect(audit.items[0]).not.toHaveProperty('place');
  });
});

describe('pages', () => {
  test.each([
    '/dashboard',
    '/dashboard/items',
    '/dashboard/items.csv',
    '/dashboard/activity',
    '/dashboard/items/x',
  ])('%s tells people without a session how to sign in', async (path) => {
    const web = await sampleWeb();
    const answer = await web.get(path, {});
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('/icb dashboard');
  });

  test('the API token is no way onto pages', async () => {
    expect((await (await sampleWeb()).get('/dashboard')).status).toBe(401);
  });
});
