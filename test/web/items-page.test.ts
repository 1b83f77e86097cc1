import { beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { cookieOf, type SampleWeb, sampleWeb } from './sample-web.ts';
import { HOSTILE, importSampleBook, putItems, sampleItem } from './sample-world.ts';

let web: SampleWeb;
const page = async (path: string, role: 'admin' | 'viewer' = 'admin'): Promise<string> =>
  (await web.get(path, cookieOf(role))).text();
const idsIn = (text: string): string[] =>
  [...text.matchAll(/<a href="\/dashboard\/items\/([^"?]+)">/g)].map((match) => match[1] ?? '');
const h1 = (text: string): string => /<h1>(.*?)<\/h1>/.exec(text)?.[1] ?? '';

beforeEach(async () => {
  web = await sampleWeb();
  await importSampleBook(web.core);
  await putItems(web.core, [
    sampleItem({ id: 'a', units: 10, month: '2026-11' }),
    sampleItem({ id: 'b', units: 2, month: '2026-10', status: 'posted' }),
    sampleItem({ id: 'c', units: 30, organizationId: 'o3' }),
    sampleItem({ id: 'd', units: 4, currency: 'EUR' }),
    sampleItem({ id: 'n', units: 5, module: null, billingType: null }),
  ]);
});

const enable = () => enableModule(web.core, { module: 'datto-rmm', by: SYSTEM });

describe('the rows behind a mark', () => {
  test.each([
    ['', 'All billing items', ['a', 'b', 'c', 'd', 'n']],
    [
      'status=pending&module=datto-rmm&period=2026-11',
      'Pending · Datto RMM · November 2026',
      ['a', 'c', 'd'],
    ],
    ['noModule=true', 'No module', ['n']],
    ['from=2026-09&to=2026-10', 'September 2026 to October 2026', ['b']],
    ['status=pending&currency=EUR', 'Pending', ['d']],
    ['notModule=datto-rmm', 'without Datto RMM', ['n']],
    ['organizationName=daily', 'Daily Mail', ['a', 'b', 'd', 'n']],
  ])('?%s', async (query, heading, ids) => {
    await enable();
    const text = await page(`/dashboard/items?${query}`);
    expect(h1(text)).toBe(heading);
    expect(idsIn(text).toSorted()).toEqual(ids);
  });

  test('each filter has a chip that takes it away and leaves the others', async () => {
    await enable();
    const text = await page('/dashboard/items?status=pending&module=datto-rmm&period=2026-11');
    const chips = [
      ...text.matchAll(/<a href="\/dashboard\/items\?([^"]*)" aria-label="Remove filter ([^"]+)"/g),
    ];
    expect(chips.map(([, left, name]) => [name, left?.replaceAll('&amp;', '&')])).toEqual([
      ['Pending', 'module=datto-rmm&period=2026-11'],
      ['Datto RMM', 'status=pending&period=2026-11'],
      ['November 2026', 'status=pending&module=datto-rmm'],
    ]);
  });

  test('taking one filter away keeps what a chart left out', async () => {
    const text = await page('/dashboard/items?notModule=datto-rmm&organization=o1');
    expect(text).toContain(
      '<a href="/dashboard/items?notModule=datto-rmm" aria-label="Remove filter Daily Mail"',
    );
  });

  test('approve and post offers the pending rows of the filter only', async () => {
    const text = await page('/dashboard/items?organization=o1');
    expect(text).toContain('All 3 pending here · €50.00 + $187.50');
    expect(await page('/dashboard/items?status=posted')).not.toContain('pending here');
  });

  test('totals stand per currency, never added together', async () => {
    const text = await page('/dashboard/items?status=pending');
    expect(text).toContain('<dd>€50.00</dd>');
    expect(text).toContain('<dd>$562.50</dd>');
  });

  test('sorting goes over all rows', async () => {
    expect(idsIn(await page('/dashboard/items?sort=units&order=desc'))).toEqual(['c', 'a', 'n', 'd', 'b']);
    expect(idsIn(await page('/dashboard/items?sort=units'))).toEqual(['b', 'd', 'n', 'a', 'c']);
  });

  test.each([
    ['sort=password', 'All billing items'],
    ['cursor=2026', 'bad'],
  ])('nonsense is no server error: ?%s', async (query) => {
    expect((await web.get(`/dashboard/items?${query}`, cookieOf('admin'))).status).toBeLessThan(500);
  });

  test('an unknown organization and a bad filter are told beside the form', async () => {
    expect(await page('/dashboard/items?organizationName=Dailly+Mail')).toContain('Did you mean Daily Mail');
    expect(await page('/dashboard/items?period=2026-99')).toContain('role="alert"');
  });

  test.each([
    [
      'status=pending&organization=o1&minAmount=1,000',
      'Amount from: “1,000” is not understood. Write it as 1000',
    ],
    ['status=pending&maxAmount=1.000,00', 'Amount to: “1.000,00” is not understood.'],
    ['minUnits=ten', 'Units from: “ten” is not understood.'],
    ['period=2026-99', 'Period starts in: “2026-99” is not understood. Write a month as 2026-11.'],
    ['status=open', 'Status: “open” is not understood.'],
    ['currency=euro', 'Currency: “euro” is not understood.'],
    ['organizationName=Dailly+Mail', 'No organization is called “Dailly Mail”.'],
    ['organizationName=Dailly+Mail&minAmount=x', 'Amount from: “x” is not understood.'],
    ['minAmount=10&maxAmount=9.99', 'amount from 10.00 is above amount to 9.99'],
    ['minUnits=10&maxUnits=9', 'units from 10 is above units to 9'],
    ['from=2026-11&to=2026-10', 'the first month, 2026-11, is after the last, 2026-10'],
  ])('a filter that is not understood shows, exports and posts nothing: ?%s', async (query, words) => {
    const text = await page(`/dashboard/items?${query}`);
    expect(/role="alert">(.*?)<\/p>/.exec(text)?.[1]).toContain(words);
    expect(h1(text)).toBe('Billing items');
    expect(idsIn(text)).toEqual([]);
    expect(text).not.toContain('id="post"');
    expect(text).not.toContain('/dashboard/items.csv');
    for (const file of ['items.csv', 'items.xlsx']) {
      const answer = await web.get(`/dashboard/${file}?${query}`, cookieOf('admin'));
      expect([answer.status, (await answer.text()).includes(words)]).toEqual([400, true]);
    }
    const fields = { query, all: 'yes', confirmed: 'yes' };
    expect((await web.form('/dashboard/items/approve-and-post', fields)).status).toBe(400);
    const after = await web.core.store.snapshot();
    expect((await after.get('billingItems', 'a'))?.status).toBe('pending');
  });

  test('what was typed stays in the form, and so do the parts that are understood', async () => {
    const query = 'status=pending&organization=o1&contract=c9&minAmount=1,000&maxUnits=7';
    const text = await page(`/dashboard/items?${query}`);
    expect(text).toContain('<option value="pending" selected>');
    expect(text).toContain('name="organizationName" value="Daily Mail"');
    expect(text).toContain('<input type="hidden" name="contract" value="c9">');
    expect(text).toContain('name="minAmount" value="1,000"');
    expect(text).toContain('name="maxUnits" value="7"');
    expect(await page('/dashboard/items?organizationName=Dailly')).toContain(
      'name="organizationName" value="Dailly"',
    );
  });

  test('nothing of modules shows until one is enabled', async () => {
    const before = await page('/dashboard/items');
    expect(before).not.toContain('name="module"');
    expect(before).not.toContain('>Module<');
    await enable();
    const after = await page('/dashboard/items');
    expect(after).toContain('name="module"');
    expect(after).toContain('>Module<');
  });

  test('a hostile name is text everywhere', async () => {
    for (const path of ['/dashboard/items', '/dashboard/items/c', '/dashboard/items?organization=o3']) {
      const text = await page(path);
      expect(text).not.toContain('<script>alert');
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    }
    expect(HOSTILE).toContain('<script>');
  });

  test('two hundred and fifty rows come in three pages', async () => {
    const many = Array.from({ length: 245 }, (_, at) => sampleItem({ id: `z${at}` }));
    await putItems(web.core, many);
    for (const start of ['/dashboard/items', '/dashboard/items?sort=amount']) {
      const seen: string[] = [];
      let path: string | undefined = start;
      let pages = 0;
      while (path) {
        const text = await page(path);
        seen.push(...idsIn(text));
        path = /<a href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
        pages += 1;
      }
      expect(pages).toBe(3);
      expect(new Set(seen).size).toBe(250);
    }
  });
});

describe('approve and post without scripts', () => {
  const post = (fields: Record<string, string>) => web.form('/dashboard/items/approve-and-post', fields);
  const statusOf = async (id: string) =>
    (await (await web.core.store.snapshot()).get('billingItems', id))?.status;

  test('chosen rows: asks first, with the sum, then posts', async () => {
    const asked = await (await post({ query: 'status=pending', ids: 'a' })).text();
    expect(asked).toContain('1 item · $125.00');
    expect(await statusOf('a')).toBe('pending');
    const done = await (await post({ query: 'status=pending', ids: 'a', confirmed: 'yes' })).text();
    expect(h1(done)).toBe('1 item posted');
    expect([await statusOf('a'), await statusOf('c')]).toEqual(['posted', 'pending']);
  });

  test('all of a filter, and no more than the filter', async () => {
    const asked = await (await post({ query: 'organization=o1', all: 'yes' })).text();
    expect(asked).toContain('3 items · €50.00 + $187.50');
    await post({ query: 'organization=o1', all: 'yes', confirmed: 'yes' });
    expect([await statusOf('a'), await statusOf('d'), await statusOf('n'), await statusOf('c')]).toEqual([
      'posted',
      'posted',
      'posted',
      'pending',
    ]);
  });

  test('nothing chosen posts nothing', async () => {
    const answer = await post({ query: '', confirmed: 'yes' });
    expect(answer.status).toBe(400);
    expect(await statusOf('a')).toBe('pending');
  });

  test('what was posted meanwhile is named, not posted twice', async () => {
    const text = await (await post({ query: '', ids: 'b', confirmed: 'yes' })).text();
    expect(h1(text)).toBe('0 items posted');
    expect(text).toContain('already posted');
  });

  test('a viewer sees why not', async () => {
    const text = await page('/dashboard/items?status=pending', 'viewer');
    expect(text).toContain('This needs the role approver');
    expect(text).not.toContain('name="ids"');
    expect(text).toMatch(/<button class="primary" disabled>/);
  });
});

describe('one billing item', () => {
  test('says why and lets an admin take a posting back, with a reason', async () => {
    expect(await page('/dashboard/items/b')).toContain('Why 2 units?');
    expect(await page('/dashboard/items/b', 'viewer')).not.toContain('Un-post');
    expect(await page('/dashboard/items/a')).not.toContain('Un-post');
    expect((await web.form('/dashboard/items/b/unpost', { reason: ' ' })).status).toBe(400);
    const done = await web.form('/dashboard/items/b/unpost', { reason: 'wrong month' });
    expect(done.headers.get('location')).toBe('/dashboard/items/b');
    const text = await page('/dashboard/items/b');
    expect(text).toContain('wrong month');
    expect(text).toContain('<span class="tag pending">');
  });
});
