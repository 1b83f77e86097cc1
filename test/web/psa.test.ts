import { describe, expect, test } from 'vitest';
import { RemoteOffice } from '../usecases/remote-office.ts';
import { cookieOf, SAME_ORIGIN, sampleWeb } from './sample-web.ts';

async function remoteWeb() {
  const world = await RemoteOffice.mapped();
  world.psa.fault = () => ({ code: 'no-rights' });
  const run = await world.night();
  return { world, run, web: await sampleWeb({ core: world.core }) };
}

const bodyOf = async (answer: Promise<Response>) => (await answer).json();

describe('the PSA over the API', () => {
  test('says which it is, how it was found and what is on its way there', async () => {
    const { web, run } = await remoteWeb();
    expect(await bodyOf(web.get('/api/psa'))).toMatchObject({
      kind: 'autotask',
      name: 'Autotask',
      state: 'done',
      lastRun: { id: run.id, read: { contracts: 10 }, refused: 1 },
      budget: { limit: 10_000 },
      pushes: { refused: 1, queued: 0 },
      needPerson: 1,
      approveAndPost: 'https://autotask.test/approve',
    });
    expect(await bodyOf(web.get(`/api/syncs/${run.id}`))).toMatchObject({
      psa: { state: 'done', refused: 1 },
    });
  });

  test('billing items open there, and are approved and posted there alone', async () => {
    const { web, world } = await remoteWeb();
    world.psa.fault = () => undefined;
    const page = async (path: string) => (await web.get(path, cookieOf('approver'))).text();
    const rows = await page('/dashboard/items?status=pending');
    const [, id] = /<a href="\/dashboard\/items\/([^"?]+)">/.exec(rows) ?? [];
    expect(rows).toContain('href="https://autotask.test/approve"');
    expect(rows).toMatch(/<a href="https:\/\/autotask\.test\/contract[^"]*"[^>]*>Open in Autotask ↗/);
    expect(rows).not.toContain('id="post"');
    expect(rows).not.toContain('name="ids"');
    const item = await page(`/dashboard/items/${id}`);
    expect(item).toContain('Open organization in Autotask ↗');
    expect(item).toContain('Open contract in Autotask ↗');
  });

  test('compares units and money', async () => {
    const { web } = await remoteWeb();
    const all = await bodyOf(web.get('/api/psa/units/compare?onlyDifferent=true&organization=Daily%20Mail'));
    expect(all.items).toMatchObject([
      { service: 'Desktop Monitoring', difference: '-175.00', reasons: [{ code: 'push-refused' }] },
    ]);
    expect(all.totals).toEqual([{ currency: 'USD', theirs: '0.00', ours: '175.00', difference: '-175.00' }]);
    expect((await web.get('/api/psa/units/compare?contract=nope')).status).toBe(422);
  });

  test('takes the decision of an admin, once', async () => {
    const { web, world } = await remoteWeb();
    const { items } = await bodyOf(web.get('/api/psa/pushes?status=refused'));
    expect(items).toMatchObject([{ change: 14, organization: 'Daily Mail', state: { status: 'refused' } }]);
    const path = `/api/psa/pushes/${items[0].id}/resolve`;
    const decision = { as: 'again', reason: 'The right is there now' };
    expect((await web.send('POST', path, decision, { ...cookieOf('viewer'), ...SAME_ORIGIN })).status).toBe(
      403,
    );
    expect((await web.send('POST', path, { as: 'again', reason: ' ' })).status).toBe(400);
    expect(await bodyOf(web.send('POST', path, decision))).toMatchObject({ state: { status: 'queued' } });
    expect((await web.send('POST', path, decision)).status).toBe(409);
    world.psa.fault = () => undefined;
    await world.night();
    expect(world.psaUnits('s1')).toBe(14);
  });
});
