import { expect, test } from 'vitest';
import type { Api } from '../../src/cli/api.ts';
import { thin } from '../../src/cli/thin.ts';
import { cookieOf, SAME_ORIGIN, sampleWeb } from '../web/sample-web.ts';

async function apiOf(): Promise<{ api: Api; core: Awaited<ReturnType<typeof sampleWeb>>['core'] }> {
  const web = await sampleWeb();
  const api: Api = {
    get: async <T>(path: string) => (await (await web.get(path)).json()) as T,
    send: async <T>(method: 'POST' | 'PUT', path: string, body: unknown) =>
      (await (await web.send(method, path, body)).json()) as T,
    close: async () => {},
  };
  return { api, core: web.core };
}

test('a dry run lists each kind with its records, its age and what would go', async () => {
  const { api, core } = await apiOf();
  await core.store.commit({
    put: {
      usageReports: [
        { date: '2024-03-01', counts: { a: { Server: 1 } } },
        { date: '2024-03-02', counts: {} },
      ].map(({ date, counts }) => ({
        id: `datto-rmm:${date}`,
        module: 'datto-rmm',
        date,
        takenAt: `${date}T01:15:00Z`,
        complete: true,
        counts,
      })) as never,
    },
  });
  const { text } = await thin(api, { dryRun: true });
  expect(text).toMatch(/Daily counts +\d+ +2024-03 +13 months +1 removed until 20\d\d-\d\d/);
  expect(text).toMatch(/Audit log +\d+ +\S+ +for ever +nothing/);
  expect((await thin(api, {})).text).toBe('Daily counts: 1 record removed.');
  expect((await thin(api, {})).text).toBe('There was nothing to thin.');
});

test('only an admin may ask for it, or do it', async () => {
  const web = await sampleWeb();
  for (const role of ['viewer', 'approver'] as const) {
    const headers = { ...cookieOf(role), ...SAME_ORIGIN };
    expect((await web.get('/api/retention', headers)).status).toBe(403);
    expect((await web.send('POST', '/api/retention/thin', {}, headers)).status).toBe(403);
  }
  expect((await web.get('/api/retention', cookieOf('admin'))).status).toBe(200);
});
