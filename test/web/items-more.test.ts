import { unzipSync } from 'fflate';
import { beforeEach, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { cookieOf, SAME_ORIGIN, type SampleWeb, sampleWeb } from './sample-web.ts';
import { importSampleBook, putItems, RMM, sampleItem } from './sample-world.ts';

let web: SampleWeb;
const own = (role: 'admin' | 'approver' | 'viewer' = 'admin') => ({ ...cookieOf(role), ...SAME_ORIGIN });
const page = async (path: string, role: 'admin' | 'viewer' = 'admin') =>
  (await web.get(path, cookieOf(role))).text();
const heads = (text: string): string[] =>
  [...text.matchAll(/<th scope="col"[^>]*><a[^>]*>([^<]*)<\/a>/g)].map(([, title = '']) => title.trim());

beforeEach(async () => {
  web = await sampleWeb();
  await importSampleBook(web.core);
  await enableModule(web.core, { module: RMM, by: SYSTEM });
  await putItems(web.core, [
    sampleItem({ id: 'a', units: 10 }),
    sampleItem({
      id: 'b',
      units: 2,
      month: '2026-10',
      status: 'posted',
      service: '=HYPERLINK("http://x","y")',
    }),
    sampleItem({ id: 'c', units: 30, organizationId: 'o3', unitPrice: '0.1234' }),
    sampleItem({ id: 'd', units: -3, kind: 'adjustment', unitCost: undefined, cost: undefined }),
  ]);
});

test('columns are chosen by each person, kept, and given back; a viewer may too', async () => {
  expect(heads(await page('/dashboard/items'))).not.toContain('Margin');
  const answer = await web.raw('/dashboard/own/item-columns', {
    method: 'POST',
    headers: { ...own('viewer'), 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'column=margin&column=service&column=nonsense&back=/dashboard/items?status=pending',
  });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/dashboard/items?status=pending']);
  expect(heads(await page('/dashboard/items', 'viewer'))).toEqual(['Service', 'Margin']);
  // The first cell leads to the row's explanation whatever it shows.
  expect(await page('/dashboard/items', 'viewer')).toContain(
    '<a href="/dashboard/items/a">Desktop Monitoring</a>',
  );
  expect(heads(await page('/dashboard/items'))).toContain('Organization');
  await web.form(
    '/dashboard/own/item-columns',
    { usual: 'yes', back: 'https://evil.example' },
    own('viewer'),
  );
  expect(heads(await page('/dashboard/items', 'viewer'))).toContain('Organization');
});

test.each([
  ['margin', ['b', 'c', 'a', 'd'].toSorted()],
  ['postedAt', ['b', 'a', 'c', 'd'].toSorted()],
])('rows are sorted by %s too; what has no value comes last', async (by, ids) => {
  const text = await page(`/dashboard/items?sort=${by}`);
  const seen = [...text.matchAll(/href="\/dashboard\/items\/([a-d])"/g)].map(([, id]) => id);
  expect(seen.toSorted()).toEqual(ids);
  if (by === 'margin') expect(seen.at(-1)).toBe('d');
  else expect(seen[0]).toBe('b');
});

test('limits and text narrow the rows, stand in the form, and can be taken away', async () => {
  const text = await page('/dashboard/items?minUnits=5&serviceContains=desk&kind=period');
  expect(text).toContain('href="/dashboard/items/a"');
  expect(text).toContain('href="/dashboard/items/c"');
  expect(text).not.toContain('href="/dashboard/items/d"');
  expect(text).toContain('name="minUnits" value="5"');
  expect(text).toContain('Remove filter units from 5');
});

test('XLSX has typed cells: amounts and dates as numbers, a formula in a name as text', async () => {
  const answer = await web.get('/dashboard/items.xlsx', cookieOf('viewer'));
  expect(answer.headers.get('content-disposition')).toMatch(/\.xlsx"$/);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const read = (name: string) => new TextDecoder().decode(files[name]);
  const sheet = read('xl/worksheets/sheet1.xml');
  const shared = Object.keys(files).includes('xl/sharedStrings.xml') ? read('xl/sharedStrings.xml') : sheet;
  expect(sheet).not.toContain('<f>');
  expect(shared).toContain('=HYPERLINK(');
  expect(sheet).toMatch(/<v>3\.702<\/v>/);
  // 1 November 2026 is day 46327 of a sheet.
  expect(sheet).toMatch(/<v>46327<\/v>/);
  expect(sheet.match(/<row /g)).toHaveLength(5);
});

test('the CSV comes in pieces and whole, over more than one piece', async () => {
  const many = Array.from({ length: 2_100 }, (_, at) => sampleItem({ id: `z${at}` }));
  await putItems(web.core, many);
  const text = await (await web.get('/dashboard/items.csv', cookieOf('admin'))).text();
  expect(text.trimEnd().split('\r\n')).toHaveLength(2_105);
  expect(text).toContain(`'=HYPERLINK`);
});

test('a posting is taken back as a whole, with who and why; what changed since stays', async () => {
  const done = (await (
    await web.send(
      'POST',
      '/api/billing-items/approve-and-post',
      { ids: ['a', 'c'] },
      { ...own(), 'Content-Type': 'application/json' },
    )
  ).json()) as { posted: number; undo: string };
  expect(done).toMatchObject({ posted: 2, undo: expect.any(String) });
  expect(
    (await web.form('/dashboard/items/undo-posting', { posting: done.undo }, own('viewer'))).status,
  ).toBe(403);
  const text = await (
    await web.form('/dashboard/items/undo-posting', { posting: done.undo }, own('approver'))
  ).text();
  expect(text).toContain('2 items are pending again');
  const items = await (await web.core.store.snapshot()).list('billingItems');
  const c = items.find(({ id }) => id === 'c');
  expect(c).toMatchObject({ status: 'pending', amount: '3.7020' });
  expect(c?.unposted).toMatchObject([{ by: { name: 'Vic' }, reason: 'undone right after posting' }]);
  const again = await (await web.form('/dashboard/items/undo-posting', { posting: done.undo }, own())).text();
  expect(again).toContain('0 items are pending again');
  expect(again).toContain('2 left as they are');
  expect((await web.form('/dashboard/items/undo-posting', { posting: 'au_none' }, own())).status).toBe(404);
});

test('without scripts the page after posting offers the undo', async () => {
  const text = await (
    await web.form('/dashboard/items/approve-and-post', {
      ids: 'a',
      query: 'status=pending',
      confirmed: 'yes',
    })
  ).text();
  expect(text).toContain('Undo: make them pending again');
});

test('held counts behind the rows are one link away', async () => {
  expect(await page('/dashboard/items?module=datto-rmm&organization=o1')).toContain(
    'href="/dashboard/plan?action=held&amp;module=datto-rmm&amp;organization=Daily+Mail"',
  );
});
