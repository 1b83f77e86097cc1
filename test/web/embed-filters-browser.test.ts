import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWeb } from './browser-web.ts';
import { BEARER } from './sample-web.ts';
import { importSampleBook, putItems, sampleCore, sampleItem } from './sample-world.ts';

let web: Awaited<ReturnType<typeof openWeb>>;

beforeAll(async () => {
  const core = await sampleCore();
  await importSampleBook(core);
  await putItems(core, [
    sampleItem({ id: 'i1', units: 11 }),
    sampleItem({ id: 'i2', organizationId: 'o2', contractId: 'c2', contractServiceId: 'cs2', units: 7 }),
  ]);
  web = await openWeb(core);
}, 60_000);
afterAll(() => web.close());

test('a viewer chooses, the chart follows without a reload, and a new token keeps the choice and what is open', async () => {
  const make = async () => {
    const answer = await fetch(`${web.base}/api/embed-links`, {
      method: 'POST',
      headers: { ...BEARER, 'Content-Type': 'application/json' },
      body: JSON.stringify({ widget: 'pending-by-module', kind: 'token', viewerFilters: ['organization'] }),
    });
    return ((await answer.json()) as { url: string }).url;
  };
  const page = await web.browser.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(await make());
  await page.locator('summary').click();
  await page.getByLabel('Organization').selectOption({ label: 'Acme' });
  await page.locator('.total').getByText('$87.50').waitFor();
  expect(await page.locator('details').getAttribute('open')).not.toBeNull();
  await page.locator('details table').getByText('$87.50').first().waitFor();

  const fresh = new URL(await make()).searchParams.get('t') ?? '';
  const renewed = page.waitForResponse((response) => response.url().includes(encodeURIComponent(fresh)));
  await page.evaluate(`window.postMessage({ type: 'icb:token', token: ${JSON.stringify(fresh)} }, '*')`);
  expect((await renewed).url()).toContain('f.organization=o2');
  await page.locator('.total').getByText('$87.50').waitFor();
  expect(await page.getByLabel('Organization').inputValue()).toBe('o2');
  await page.getByLabel('Organization').selectOption('');
  await page.locator('.total').getByText('$225.00').waitFor();
  expect(faults).toEqual([]);
  await page.close();
});
