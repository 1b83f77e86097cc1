import { beforeEach, expect, test } from 'vitest';
import { type SampleWeb, sampleWeb } from './sample-web.ts';
import { importSampleBook } from './sample-world.ts';

let web: SampleWeb;
beforeEach(async () => {
  web = await sampleWeb();
  await importSampleBook(web.core);
  await web.send('POST', '/api/modules/datto-rmm/enable');
  await web.send('POST', '/api/syncs', {});
  await web.core.syncQueue.idle();
});

async function pathOf(body: object, form = ''): Promise<string> {
  const made = (await (await web.send('POST', '/api/embed-links', body)).json()) as { url: string };
  const { pathname, search } = new URL(made.url);
  return `${pathname}${form}${search}`;
}

test('leakage is a widget of the API, with its spec and its CSV', async () => {
  const csv = await (await web.get('/api/widgets/leakage-by-reason.csv')).text();
  expect(csv).toContain('Organization not mapped,20');
});

test('an embed shows leakage only where its link says so', async () => {
  const widget = 'leakage-by-reason';
  for (const form of ['.csv', '.svg', '.png', '.vl.json']) {
    expect((await web.get(await pathOf({ widget }, form))).status).toBe(403);
  }
  const page = await (await web.get(await pathOf({ widget }))).text();
  expect(page).toContain('This link does not show leakage.');
  expect(page).not.toContain('not mapped');
  const allowed = { widget, capabilities: ['leakage'] };
  expect(await (await web.get(await pathOf(allowed, '.csv'))).text()).toContain('Organization not mapped,20');
});

test('a link that is locked to what leakage does not have shows none of it', async () => {
  const capabilities = { leakage: true };
  const widget = 'leakage-by-reason';
  const months = await web.get(
    await pathOf({ widget, capabilities, filters: { months: 'this-month' } }, '.csv'),
  );
  expect(months.status).toBe(403);
  const other = await pathOf({ widget, capabilities, filters: { organization: ['o2'] } }, '.csv');
  expect(await (await web.get(other)).text()).not.toContain('not mapped');
});
