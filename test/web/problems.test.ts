import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import type { Core } from '../../src/usecases/core.ts';
import { BEARER, cookieOf, sampleWeb } from './sample-web.ts';
import { sampleCore } from './sample-world.ts';

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ field: z.string().optional(), message: z.string() })).optional(),
  reference: z.string().optional(),
});

async function problemOf(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = Problem.parse(await answer.json());
  expect(problem.status).toBe(answer.status);
  return problem;
}

describe('problem details', () => {
  test.each([
    ['GET', '/api/nothing', 404, 'not-found'],
    ['GET', '/api/syncs/run_none', 404, 'not-found'],
    ['GET', '/api/widgets/none', 404, 'not-found'],
    ['GET', '/api/widgets/none.svg', 404, 'not-found'],
    ['GET', '/api/billing-items/none/explain', 404, 'not-found'],
    ['GET', '/api/billing-items?status=lost', 400, 'bad-input'],
    ['GET', '/api/billing-items?period=2026-13', 400, 'bad-input'],
    ['GET', '/api/billing-items?groupBy=colour', 400, 'bad-input'],
    ['GET', '/api/organizations?limit=501', 400, 'bad-input'],
    ['GET', '/api/organizations?cursor=AAAA', 400, 'bad-input'],
    ['POST', '/api/modules/none/enable', 404, 'unknown-module'],
    ['POST', '/api/syncs', 409, 'not-enabled', { module: 'datto-rmm' }],
    ['POST', '/api/billing-items/approve-and-post', 400, 'bad-input', {}],
    ['PUT', '/api/organization-mappings', 400, 'bad-input', { mappings: [] }],
    [
      'PUT',
      '/api/organization-mappings',
      404,
      'not-found',
      { mappings: [{ moduleOrganizationId: 'x', unmap: true }] },
    ],
  ] as const)('%s %s is %i %s', async (method, path, status, code, body?: object) => {
    const web = await sampleWeb();
    const answer = method === 'GET' ? await web.get(path) : await web.send(method, path, body);
    expect(await problemOf(answer)).toMatchObject({ status, code });
  });

  test('every bad field is named', async () => {
    const web = await sampleWeb();
    const row = {
      date: '2026-11-22',
      billingType: 'x',
      quantity: -1,
      moduleOrganization: { externalId: '' },
    };
    const problem = await problemOf(await web.send('POST', '/api/usage', { module: '', items: [row] }));
    expect(problem.errors?.map((each) => each.message.split(':')[0])).toEqual(['module']);
    const known = { module: 'datto-rmm', items: [row] };
    const rows = await problemOf(await web.send('POST', '/api/usage', known));
    expect(rows.errors?.map((each) => each.message.split(':')[0])).toEqual([
      'row 1, moduleOrganization.externalId',
      'row 1, moduleOrganization.name',
      'row 1, quantity',
    ]);
  });

  test('a body that is no JSON', async () => {
    const app = await sampleWeb();
    const answer = await app.form('/api/usage', { a: 'b' }, { ...BEARER });
    expect((await problemOf(answer)).code).toBe('bad-input');
  });

  test('an unforeseen error shows a reference that the log has, and nothing else', async () => {
    const good = await sampleCore();
    const secret = 'postgres://icb:hunter2@db';
    const store: Core['store'] = { ...good.store, snapshot: () => Promise.reject(new Error(secret)) };
    const log: { facts: object }[] = [];
    const error = (facts: object): void => void log.push({ facts });
    const web = await sampleWeb({ core: { ...good, store, log: { ...good.log, error } } });

    const problem = await problemOf(await web.get('/api/organizations'));
    expect(problem).toMatchObject({ status: 500, code: 'unknown', reference: expect.any(String) });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
    expect(log[0]?.facts).toMatchObject({ reference: problem.reference });

    const page = await web.get('/dashboard/activity', cookieOf('viewer'));
    const text = await page.text();
    expect(page.status).toBe(500);
    expect(text).toContain('Reference');
    expect(text).not.toMatch(/hunter2|at .*\.ts/);
  });

  test('people get a page', async () => {
    const answer = await (await sampleWeb()).get('/dashboard/items/none', cookieOf('viewer'));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('<h1>Not found</h1>');
  });
});

describe('health', () => {
  test('ready once the store answers; outages elsewhere show in the body only', async () => {
    const core = await sampleCore();
    const psa: Core['psa'] = { ...core.psa, check: () => Promise.reject(new Error('down')) };
    const web = await sampleWeb({ core: { ...core, psa } });
    expect((await web.get('/healthz', {})).status).toBe(200);
    const ready = await web.get('/readyz', {});
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'ready',
      psa: { state: 'unreachable' },
      slack: { state: 'off' },
      modules: [{ id: 'datto-rmm', enabled: false }],
    });
  });

  test('not ready while the store does not open', async () => {
    const core = await sampleCore();
    const store: Core['store'] = { ...core.store, snapshot: () => Promise.reject(new Error('locked')) };
    expect((await (await sampleWeb({ core: { ...core, store } })).get('/readyz', {})).status).toBe(503);
  });

  test('not ready while what it tells of cannot be read, with the store’s own sentence', async () => {
    const core = await sampleCore();
    const damaged = new IcbError(
      'store-damaged',
      'moduleStates.1.json was changed from outside; restore a backup.',
    );
    const snapshot = async () =>
      ({ ...(await core.store.snapshot()), list: () => Promise.reject(damaged) }) as never;
    const web = await sampleWeb({ core: { ...core, store: { ...core.store, snapshot } } });
    const answer = await web.get('/readyz', {});
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'not-ready', store: { state: 'failed', problem: damaged.message } },
    ]);
  });

  test('not ready while the store says nothing at all', async () => {
    const core = await sampleCore();
    const store: Core['store'] = { ...core.store, snapshot: () => new Promise(() => {}) };
    const answer = await (await sampleWeb({ core: { ...core, store } })).get('/readyz', {});
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { status: 'not-ready', store: { state: 'failed', problem: expect.stringMatching(/does not answer/) } },
    ]);
  }, 60_000);

  test('a fault in Slack handling is a problem with a reference like any other', async () => {
    const web = await sampleWeb({ slackEvents: () => Promise.reject(new Error('boom')) });
    const problem = await problemOf(await web.form('/slack/events', {}, {}));
    expect(problem).toMatchObject({ status: 500, code: 'unknown', reference: expect.any(String) });
  });

  test("Slack's requests arrive untouched", async () => {
    let body = '';
    const slackEvents = async (request: Request): Promise<Response> => {
      body = await request.text();
      return new Response('ok');
    };
    const web = await sampleWeb({ slackEvents });
    const answer = await web.form(
      '/slack/events',
      { command: '/icb', text: 'a b&c' },
      { Origin: 'https://x.example' },
    );
    expect(answer.status).toBe(200);
    expect(body).toBe('command=%2Ficb&text=a+b%26c');
  });
});
