import { expect, test } from 'vitest';
import { atLeast, ROLES, type Role } from '../../src/domain/role.ts';
import { neededToWrite } from '../../web/needed-role.ts';
import { cookieOf, SAME_ORIGIN, sampleWeb } from './sample-web.ts';

const WRITES: readonly [path: string, needed: Role][] = [
  ['/api/modules/datto-rmm/enable', 'admin'],
  ['/api/modules', 'admin'],
  ['/api/import', 'admin'],
  ['/api/syncs', 'operator'],
  ['/api/plan/lines/x/release', 'operator'],
  ['/api/plan/release', 'operator'],
  ['/api/usage', 'operator'],
  ['/api/usage/csv', 'operator'],
  ['/api/organization-mappings/undo', 'operator'],
  ['/api/billing-items/approve-and-post', 'approver'],
  ['/api/billing-items/x/unpost', 'approver'],
  ['/api/post-requests', 'approver'],
  ['/api/post-requests/x/approve', 'approver'],
  ['/api/psa/pushes/x/resolve', 'approver'],
  ['/dashboard/sync', 'operator'],
  ['/dashboard/items/approve-and-post', 'approver'],
];

test.each(WRITES)('%s needs %s', async (path, needed) => {
  expect(neededToWrite(path)).toBe(needed);
  const web = await sampleWeb();
  for (const role of ROLES) {
    const answer = await web.send('POST', path, {}, { ...cookieOf(role), ...SAME_ORIGIN });
    expect(answer.status === 403, role).toBe(!atLeast(role, needed));
    if (answer.status === 403 && path.startsWith('/api'))
      expect((await answer.json()).detail).toContain(`the role ${needed}`);
  }
});

test('a role that is taken away does not live on in a session', async () => {
  let role: Role = 'admin';
  const web = await sampleWeb({ roleOf: async () => role });
  const put = () =>
    web.send('PUT', '/api/settings', { people: [] }, { ...cookieOf('admin'), ...SAME_ORIGIN });
  expect((await put()).status).toBe(200);
  role = 'viewer';
  expect((await put()).status).toBe(403);
});

test('settings by the API: roles are given, an old revision is refused, a wrong amount is named', async () => {
  const web = await sampleWeb();
  const granted = await web.send('PUT', '/api/settings/roles/U7', { role: 'approver' });
  expect(await granted.json()).toMatchObject({ revision: 1, people: [{ userId: 'U7', role: 'approver' }] });
  const late = await web.send('PUT', '/api/settings', { revision: 0, channel: 'C9' });
  expect(late.status).toBe(409);
  const limit = { postLimits: [{ currency: 'USD', amount: '500' }] };
  expect((await web.send('PUT', '/api/settings', { revision: 1, ...limit })).status).toBe(200);
  expect(
    (await web.send('PUT', '/api/settings', { postLimits: [{ currency: 'x', amount: '1' }] })).status,
  ).toBe(400);
  const audit = await (await web.get('/api/audit')).json();
  expect(JSON.stringify(audit)).toContain('Role of U7: viewer → approver');
});
