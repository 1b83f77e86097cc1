import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sealSession } from '../../src/auth/session.ts';
import { createPicture } from '../../src/render/create-picture.ts';
import { listen } from '../../src/serve.ts';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { createWeb } from '../../web/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { pageFaults, shoot } from '../support/page-faults.ts';
import { ADA, BOB, Office } from '../usecases/office.ts';
import { MACHINE_NOW, SECRETS, sampleRoleOf, TOKEN } from './sample-web.ts';

const DESKTOPS = Array.from({ length: 22 }, (_, i) => `PC-${i + 1}`);

/** Three weeks of counts: posted, a drop, a night that failed, a jump that Bob approved with 8 devices more. */
async function threeWeeks(): Promise<Office> {
  const office = await Office.mapped();
  office.devices = DESKTOPS.slice(0, 14);
  for (let day = 10; day <= 22; day++) {
    const devices = day < 20 ? 14 : 22;
    office.devices = DESKTOPS.slice(0, devices);
    office.problem = day === 17 ? new Error('the vendor is away') : undefined;
    office.day(`2026-11-${day}`).sites = { 'Daily Mail': { AllDevicesMetric: devices } };
    await office.sync();
    if (day === 10) await approveAndPost(office.core, { by: BOB, filter: {} });
    const [held] = (await office.plan()).filter((line) => line.action === 'held');
    if (held && day === 21) await releaseLine(office.core, { by: BOB, id: held.id, reason: 'New office' });
  }
  return office;
}

let browser: Browser;
let context: BrowserContext;
let page: Page;
let base: string;
let items: { posted: string; adjustment: string };
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const office = await threeWeeks();
  const found = (await listBillingItems(office.core, { filter: {} })).items;
  const idOf = (status: string) => found.find((item) => item.status === status)?.id ?? '';
  items = { posted: idOf('posted'), adjustment: idOf('pending') };
  const picture = createPicture({ workers: 1 });
  let answer: (request: Request) => Response | Promise<Response> = () => new Response();
  const server = await listen((request) => answer(request), { port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${server.port}`;
  const settings = { baseUrl: base, secrets: SECRETS, apiToken: TOKEN, timeZone: 'UTC', currency: 'USD' };
  const web = createWeb({
    core: office.core,
    picture,
    settings: { ...settings, locale: 'en-US' },
    roleOf: sampleRoleOf,
    machineNow: () => MACHINE_NOW,
    version: '0.0.0-test',
  });
  answer = (request) => web.fetch(request);
  browser = await launchBrowser();
  const expiresAt = MACHINE_NOW + 60_000;
  const session = sealSession({ userId: 'U1', name: ADA.name, expiresAt }, SECRETS);
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([{ name: 'icb', value: session, url: base }]);
  closing.push(
    () => browser.close(),
    server.close,
    () => picture.close(),
  );
}, 60_000);

afterAll(async () => {
  for (const close of closing) await close();
});

beforeEach(async () => {
  await page?.close();
  page = await context.newPage();
});

describe('the item’s page', () => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'in %s at %i pixels: fits, and has no accessibility faults',
    { timeout: 30_000 },
    async (colorScheme, width) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${base}/dashboard/items/${items.adjustment}`);
      await page.getByRole('heading', { name: 'Why 8 units?' }).waitFor();
      expect(await page.getByRole('img', { name: 'Counts by day' }).filter({ visible: true }).count()).toBe(
        1,
      );
      await shoot(page, `item-${width}-${colorScheme}`);
      expect(await pageFaults(page)).toEqual([]);
    },
  );

  test('says who came, who approved and what is corrected', async () => {
    await page.goto(`${base}/dashboard/items/${items.adjustment}`);
    const text = await page.locator('main').innerText();
    expect(text).toContain(
      '22 devices were counted on 20 Nov 2026, 8 more than the 14 units in force before',
    );
    expect(text).toContain('the count waited until Bob approved it on 21 Nov 2026');
    expect(text).toContain('8: PC-15, PC-16, PC-17, PC-18, PC-19, PC-20, PC-21, PC-22');
    expect(text).toContain('New office');
    await page.getByText('22 devices on Nov 20, 2026').click();
    await page
      .getByRole('listitem')
      .filter({ hasText: /^PC-1$/ })
      .waitFor();
    await page.getByRole('link', { name: /14 units from Nov 1, 2026/ }).click();
    await page.getByText('Corrected by').waitFor();
    expect(page.url()).toContain(items.posted);
  });
});

describe('the panel beside the table', () => {
  const table = async () => {
    await page.goto(`${base}/dashboard/items`);
    return page.locator(`.items-table a[href$="${items.adjustment}"]`);
  };

  test.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('opens over the rows in %s at %i pixels', { timeout: 30_000 }, async (colorScheme, width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await (await table()).click();
    await page.getByRole('dialog').getByText('Why 8 units?').waitFor();
    expect(page.url()).toBe(`${base}/dashboard/items`);
    await shoot(page, `panel-${width}-${colorScheme}`, {});
    expect(await pageFaults(page)).toEqual([]);
  });

  test('takes the focus, follows links to other items, and gives the focus back on Esc', async () => {
    const link = await table();
    await link.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Desktop Monitoring · Daily Mail' });
    await panel.getByText('Why 8 units?').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Close');
    await panel.getByRole('link', { name: /14 units from/ }).click();
    await panel.getByText('Why 14 units?').waitFor();
    expect(await panel.getByRole('link', { name: 'Open as a page' }).getAttribute('href')).toContain(
      items.posted,
    );
    await page.keyboard.press('Escape');
    expect(await panel.isVisible()).toBe(false);
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('a row that has gone away is told by its page', async () => {
    const link = await table();
    await link.evaluate((element: HTMLAnchorElement) => {
      element.href = '/dashboard/items/bi_gone';
    });
    await page.locator('a[href="/dashboard/items/bi_gone"]').click();
    await page.getByText('There is no billing item "bi_gone"').waitFor();
  });

  test('without scripts the link is the page', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    await plain.addCookies(await context.cookies());
    const still = await plain.newPage();
    await still.goto(`${base}/dashboard/items`);
    await still.locator(`a[href$="${items.adjustment}"]`).click();
    await still.getByRole('heading', { name: 'Why 8 units?' }).waitFor();
    await plain.close();
  });
});
