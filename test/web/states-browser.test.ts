import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { createWidget } from '../../src/usecases/stored-widgets.ts';
import { saveTab } from '../../src/usecases/tabs.ts';
import { BEARER } from './sample-web.ts';
import { putItems, sampleItem } from './sample-world.ts';
import { look, openWidgets } from './widgets-browser.ts';

let web: Awaited<ReturnType<typeof openWidgets>>;
let embed = '';

const shown = { entity: 'both', measure: { field: 'amount' }, groupBy: 'month' } as const;
const thisMonth = { months: 'this-month' } as const;

beforeAll(async () => {
  web = await openWidgets({ failing: 'Broken' });
  const { core } = web;
  await (await startSync(core, { trigger: 'web', by: SYSTEM })).finished;
  await putItems(core, [
    sampleItem({ id: 'e', currency: 'EUR', units: 20 }),
    sampleItem({ id: 'g', currency: 'GBP', units: 31 }),
  ]);
  const made = [
    { ...shown, title: 'Needle', chart: 'needle-gauge', filters: thisMonth, goal: { value: '500' } },
    {
      ...shown,
      title: 'Doughnut gauge',
      chart: 'doughnut-gauge',
      filters: thisMonth,
      goal: { value: '500' },
    },
    { ...shown, title: 'Number', chart: 'number', filters: thisMonth },
    { ...shown, title: 'Empty', chart: 'column', filters: { months: { from: '2020-01', to: '2020-03' } } },
    { ...shown, title: 'Broken', chart: 'line' },
    { ...shown, title: 'Table', chart: 'table', breakDownBy: 'organization', filters: thisMonth },
  ];
  const widgets: string[] = [];
  for (const each of made) widgets.push((await createWidget(core, SYSTEM, each)).id);
  await saveTab(core, SYSTEM, { id: 'states', name: 'States', widgets });
  const answer = await fetch(`${web.base}/api/embed-links`, {
    method: 'POST',
    headers: { ...BEARER, 'Content-Type': 'application/json' },
    body: JSON.stringify({ tab: 'states' }),
  });
  const { url } = (await answer.json()) as { url: string };
  embed = new URL(url).pathname + new URL(url).search;
}, 60_000);
afterAll(() => web?.close());

describe.each([1280, 390])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)(
    'every state in %s, on the page and in an embed',
    { timeout: 60_000 },
    async (scheme) => {
      for (const [name, path] of [
        ['states', '/dashboard?tab=states'],
        ['states-embed', embed],
      ] as const) {
        const { page, faults, close } = await web.open(path, { width, scheme });
        // A needle for each currency, never one for their sum.
        const needles = page.locator('section', { has: page.getByRole('heading', { name: 'Needle' }) });
        for (const sum of ['€250.00', '£387.50', '$225.00'])
          await needles.getByText(sum).first().waitFor({ state: 'attached' });
        await page.getByText('could not be drawn').waitFor();
        // A narrow frame fetches its own pictures.
        if (width === 390 && path === embed)
          await expect
            .poll(
              () =>
                page
                  .locator('.narrow img')
                  .first()
                  .evaluate((image) => (image as HTMLImageElement).naturalWidth),
              { timeout: 10_000 },
            )
            .toBeGreaterThan(300);
        await look(page, `${name}-${width}-${scheme}`);
        expect(faults).toEqual([]);
        await close();
      }
    },
  );
});

describe('on paper', () => {
  test.each([
    ['print-tab', '/dashboard?tab=states'],
    ['print-items', '/dashboard/items?status=pending'],
  ])('%s: figures without anything to press, dark displays too', async (name, path) => {
    const { page, close } = await web.open(path, { scheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await look(page, name);
    for (const selector of ['header.top', '.actions', 'button', '.menu', '.filters form'])
      expect(await page.locator(`${selector}:visible`).count(), selector).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    const ink = await page.locator('h1').evaluate((of) => getComputedStyle(of).color);
    expect(ink).toBe('rgb(0, 0, 0)');
    expect(await page.getByText('$225.00').first().isVisible()).toBe(true);
    await close();
  });
});

describe('the drill-in', () => {
  test('columns are chosen with the keyboard, the page scrolls nowhere sideways, axe finds nothing', {
    timeout: 60_000,
  }, async () => {
    const { page, close } = await web.open('/dashboard/items?status=pending');
    await page.locator('.columns > summary').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Margin' }).focus();
    await page.keyboard.press('Space');
    await look(page, 'items-columns-1280');
    await page.getByRole('button', { name: 'Show these' }).press('Enter');
    await page.getByRole('link', { name: 'Margin' }).waitFor();
    await page.getByText('More', { exact: true }).press('Enter');
    await page.getByLabel('Units from').fill('20');
    await page.getByLabel('Units from').press('Enter');
    await page.getByRole('link', { name: 'Remove filter units from 20' }).waitFor();
    expect(await page.locator('.items-table tbody tr').count()).toBe(2);
    await look(page, 'items-more-1280');
    await close();
    const phone = await web.open('/dashboard/items?status=pending', { width: 390, scheme: 'dark' });
    await look(phone.page, 'items-390-dark');
    await phone.close();
  });

  test('what was posted is taken back with one press', async () => {
    const { page, close } = await web.open('/dashboard/items?status=pending&currency=GBP');
    await page.getByRole('checkbox', { name: /All 1 pending here/ }).check();
    await page.getByRole('button', { name: 'Approve and post 1 item' }).press('Enter');
    await page.locator('[data-go]').press('Enter');
    await page.getByText('1 item posted').waitFor();
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.getByRole('heading', { name: '1 item is pending again' }).waitFor();
    await close();
  });
});
