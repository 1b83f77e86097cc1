import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { createPicture, type PicturePool } from '../../src/render/create-picture.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { openWeb } from './browser-web.ts';
import { cookieOf } from './sample-web.ts';
import { importSampleBook, putItems, RMM, sampleCore, sampleItem } from './sample-world.ts';

let core: Core;
let picture: PicturePool;
let web: Awaited<ReturnType<typeof openWeb>>;

beforeAll(async () => {
  core = await sampleCore();
  await importSampleBook(core);
  await enableModule(core, { module: RMM, by: SYSTEM });
  await (await startSync(core, { trigger: 'web', by: SYSTEM })).finished;
  await putItems(core, [
    sampleItem({ id: 'i1', units: 11 }),
    sampleItem({ id: 'i2', organizationId: 'o2', contractId: 'c2', contractServiceId: 'cs2', units: 7 }),
  ]);
  picture = createPicture({ workers: 1 });
  web = await openWeb(core, { picture });
}, 60_000);
afterAll(async () => {
  await web.close();
  await picture.close();
});

test('a card of the ICB tab becomes interactive from its menu; Enter leads to the rows, and nothing is refused', async () => {
  const context = await web.browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.setExtraHTTPHeaders(cookieOf('viewer'));
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${web.base}/dashboard`);
  const card = page.locator('.widget').filter({ hasText: 'Pending by module' }).first();
  await card.locator('details.menu summary').click();
  await card.getByRole('button', { name: 'Interactive chart' }).click();
  await card.locator('.chart[data-state="live"]').waitFor();
  await page.keyboard.press('Home');
  await card.locator('.tip').getByText('Datto RMM: $225.00').waitFor();
  expect(faults).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/dashboard\/items\?.*module=datto-rmm/);
  await context.close();
});

test('on a phone too; what refreshes the page leaves it alone, or makes it interactive anew with the new figures', async () => {
  const context = await web.browser.newContext({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await page.setExtraHTTPHeaders(cookieOf('viewer'));
  await page.goto(`${web.base}/dashboard`);
  const card = page.locator('.widget').filter({ hasText: 'Pending by module' }).first();
  await card.locator('details.menu summary').click();
  await card.getByRole('button', { name: 'Interactive chart' }).click();
  const live = card.locator('.chart[data-state="live"]');
  await live.waitFor();
  await live.evaluate((chart) => chart.setAttribute('data-same', ''));
  // As text: what is imported in it is imported by the browser.
  const refresh = () =>
    page.evaluate(
      `import(document.querySelector('script[src*="dashboard.js"]').src.replace('dashboard.js', 'live.js')).then((live) => live.refreshLive())`,
    );
  expect(await refresh()).toBe(true);
  expect(await card.locator('[data-same]').count()).toBe(1);
  await putItems(core, [sampleItem({ id: 'i9', units: 2, amount: '25.00' })]);
  expect(await refresh()).toBe(true);
  await live.waitFor();
  expect(await card.locator('[data-same]').count()).toBe(0);
  await page.keyboard.press('Home');
  await card.locator('.tip').getByText('Datto RMM: $250.00').waitFor();
  await context.close();
  await core.store.commit({ remove: [{ kind: 'billingItems', id: 'i9' }] } as never);
});

test('the figures are those of the tab that is shown; strangers get none', async () => {
  const read = (path: string, headers: Record<string, string>) =>
    fetch(`${web.base}${path}`, { headers, redirect: 'manual' });
  const path = '/dashboard/live/pending-by-module';
  expect((await read(path, {})).status).not.toBe(200);
  expect((await read(`${path}?tab=none`, cookieOf('viewer'))).status).toBe(404);
  expect((await read('/dashboard/live/none', cookieOf('viewer'))).status).toBe(404);
  const made = await fetch(`${web.base}/api/tabs`, {
    method: 'POST',
    headers: { Authorization: 'Bearer test-api-token', 'Content-Type': 'application/json' },
    body: JSON.stringify({
      ...{ id: 'acme', name: 'Acme', widgets: ['pending-by-module'] },
      filters: { organization: ['o2'] },
    }),
  });
  expect(made.status).toBe(201);
  const labels = async (query: string) =>
    ((await (await read(`${path}${query}`, cookieOf('viewer'))).json()) as { labels: string[] }).labels;
  expect(await labels('')).toContain('Datto RMM: $225.00');
  expect(await labels('?tab=acme')).toContain('Datto RMM: $87.50');
});
