import { beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { cookieOf, SAME_ORIGIN, type SampleWeb, sampleWeb } from './sample-web.ts';
import { HOSTILE, importSampleBook, RMM, sampleCore, standInSource } from './sample-world.ts';

const PATH = '/dashboard/mappings';
let web: SampleWeb;

/** Three sites: two of a customer's own name, one like nobody's. */
beforeEach(async () => {
  const source = standInSource();
  source.answer = {
    organizations: [
      { externalId: 's1', name: 'Daily Mail' },
      { externalId: 's2', name: HOSTILE },
      { externalId: 's3', name: 'Attic' },
    ],
    counts: [],
    devices: [],
  };
  web = await sampleWeb({ core: await sampleCore(source) });
  await importSampleBook(web.core);
  await enableModule(web.core, { module: RMM, by: SYSTEM });
  await (await startSync(web.core, { trigger: 'web', by: SYSTEM })).finished;
});

const page = async (path: string, role: 'admin' | 'viewer' = 'admin') =>
  (await web.get(path, cookieOf(role))).text();
/** Fields may come several times. */
const post = async (path: string, fields: readonly (readonly [string, string])[]) => {
  const answer = await web.raw(path, {
    method: 'POST',
    headers: { ...cookieOf('admin'), ...SAME_ORIGIN, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
  });
  return { status: answer.status, text: await answer.text() };
};
const changesIn = (text: string) =>
  [...text.matchAll(/name="change" value="([^"]*)"( checked)?/g)].map(([, value = '', ticked]) => ({
    value: value.replaceAll('&quot;', '"'),
    ticked: ticked !== undefined,
  }));
const mappings = async () =>
  Object.fromEntries(
    (await listModuleOrganizations(web.core)).map(({ externalId, mapping }) => [
      externalId,
      mapping.organizationId ?? mapping.reason ?? mapping.status,
    ]),
  );
const ROWS = ['s1', 's2', 's3'].map((id) => `datto-rmm:${id}`);
const rows = (choices: readonly string[], others: readonly string[] = []) => [
  ...ROWS.map((id) => ['id', id] as const),
  ...choices.map((choice) => ['choice', choice] as const),
  ...ROWS.map((_, i) => ['other', others[i] ?? ''] as const),
];

describe('by module organization', () => {
  test('a row each, with its suggestion; names are text', async () => {
    const text = await page(PATH);
    expect(text).toContain('Daily Mail');
    expect(text).toContain('nothing alike');
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('0 of 3 module organizations are decided. 3 are open and bill nowhere.');
  });

  test('saving with suggestions shown offers them, and saves none that is not ticked', async () => {
    const review = await post(`${PATH}/review`, [
      ...rows(['', '', 'ignore']),
      ['suggested', '1'],
      ['query', ''],
    ]);
    const changes = changesIn(review.text);
    expect(changes).toHaveLength(3);
    expect(changes.every(({ ticked }) => ticked)).toBe(true);
    expect(await mappings()).toEqual({ s1: 'unmapped', s2: 'unmapped', s3: 'unmapped' });
    const kept = changes.filter(({ value }) => !value.includes('s2'));
    const saved = await post(`${PATH}/save`, [
      ...kept.map(({ value }) => ['change', value] as const),
      ['reason:datto-rmm:s3', 'Our attic'],
      ['back', `${PATH}?state=all`],
    ]);
    expect(saved.text).toContain('Daily Mail (Datto RMM) → Daily Mail');
    expect(saved.text).toContain(`href="${PATH}?state=all"`);
    expect(await mappings()).toEqual({ s1: 'o1', s2: 'unmapped', s3: 'Our attic' });
    const change = /name="change" value="(au_[^"]+)"/.exec(saved.text)?.[1] ?? '';
    const undone = await post(`${PATH}/undo`, [
      ['change', change],
      ['back', 'https://elsewhere.example'],
    ]);
    expect(undone.text).toContain('Daily Mail (Datto RMM) is no longer mapped');
    expect(undone.text).toContain(`href="${PATH}"`);
    expect(await mappings()).toEqual({ s1: 'unmapped', s2: 'unmapped', s3: 'unmapped' });
  });

  test('with suggestions not shown, none is offered', async () => {
    const review = await post(`${PATH}/review`, rows(['', '', 'to:o2']));
    expect(changesIn(review.text)).toEqual([
      { value: '{"id":"datto-rmm:s3","was":"unmapped","to":"o2"}', ticked: true },
    ]);
    expect(await page(`${PATH}?asked=1`)).not.toContain('same name');
  });

  test('a typed name counts before the list; one that nobody has is told with the nearest', async () => {
    const review = await post(`${PATH}/review`, rows(['to:o2', '', ''], ['daily mail', 'Acmee', '']));
    expect(changesIn(review.text).map(({ value }) => value)).toEqual([
      '{"id":"datto-rmm:s1","was":"unmapped","to":"o1"}',
    ]);
    expect(review.text).toContain('No organization is called “Acmee”. Did you mean Acme?');
  });

  test('what somebody changed meanwhile is shown once more, and nothing is saved', async () => {
    const [mine] = changesIn((await post(`${PATH}/review`, rows(['to:o1', '', '']))).text);
    await confirmMappings(web.core, {
      by: SYSTEM,
      mappings: [{ moduleOrganizationId: 'datto-rmm:s1', organizationId: 'o2' }],
    });
    const answer = await post(`${PATH}/save`, [['change', mine?.value ?? '']]);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Daily Mail was changed by somebody else meanwhile.');
    expect(await mappings()).toMatchObject({ s1: 'o2' });
    const [again] = changesIn(answer.text);
    await post(`${PATH}/save`, [['change', again?.value ?? '']]);
    expect(await mappings()).toMatchObject({ s1: 'o1' });
  });

  test('a form that makes no sense is refused in words', async () => {
    const answer = await post(`${PATH}/save`, [['change', '{"id":1}']]);
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('nothing was saved') });
    const none = await post(`${PATH}/review`, rows(['', '', '']));
    expect(none.text).toContain('Nothing is chosen yet');
  });

  test('who may only look sees no controls and changes nothing', async () => {
    expect(await page(PATH, 'viewer')).not.toContain('Review and save');
    const answer = await web.raw(`${PATH}/save`, {
      method: 'POST',
      headers: { ...cookieOf('viewer'), ...SAME_ORIGIN },
      body: new FormData(),
    });
    expect(answer.status).toBe(403);
  });
});

describe('by organization', () => {
  test('a column a module; a typed site is found and saved for that organization', async () => {
    const text = await page(`${PATH}/organizations`);
    expect(text).toMatch(/<th scope="col">Datto RMM<\/th>/);
    const review = await post(`${PATH}/review`, [
      ['by', 'organization'],
      ['suggested', '1'],
      ['organization', 'o1'],
      ['cell', 'datto-rmm'],
      ['add', 'attic'],
      ['organization', 'o2'],
      ['cell', 'datto-rmm'],
      ['add', 'Nobody'],
    ]);
    // Daily Mail's own suggestion stood in the same cell and goes along; the hostile one's was not on the page.
    expect(changesIn(review.text).map(({ value }) => JSON.parse(value).id)).toEqual([
      'datto-rmm:s3',
      'datto-rmm:s1',
    ]);
    expect(review.text).toContain('No module organization is called “Nobody”.');
  });

  test('an organization’s own page: what is mapped to it, and unmap', async () => {
    await confirmMappings(web.core, {
      by: SYSTEM,
      mappings: ROWS.slice(0, 2).map((id) => ({ moduleOrganizationId: id, organizationId: 'o1' })),
    });
    const own = await page('/dashboard/organizations/o1');
    expect(own).toContain('Unmap Daily Mail');
    const review = await post(`${PATH}/review`, [
      ['by', 'organization'],
      ['one', 'o1'],
      ['unmap', 'datto-rmm:s1'],
    ]);
    expect(review.text).toContain('href="/dashboard/organizations/o1"');
    const [change] = changesIn(review.text);
    await post(`${PATH}/save`, [['change', change?.value ?? '']]);
    expect(await mappings()).toMatchObject({ s1: 'unmapped', s2: 'o1' });
  });

  test('an organization that is gone is said to be', async () => {
    const answer = await web.get('/dashboard/organizations/o9', cookieOf('admin'));
    expect(answer.status).toBe(404);
  });
});
