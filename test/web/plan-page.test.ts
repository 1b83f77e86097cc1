import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sealSession } from '../../src/auth/session.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import { listen } from '../../src/serve.ts';
import { listPlan } from '../../src/usecases/list-plan.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { createWeb } from '../../web/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { pageFaults, shoot } from '../support/page-faults.ts';
import { type HeldWeb, heldWeb } from './held-web.ts';
import { MACHINE_NOW, SECRETS, sampleRoleOf, TOKEN } from './sample-web.ts';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let web: HeldWeb;
let base: string;
let close: () => Promise<unknown>;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

beforeEach(async () => {
  web = await heldWeb();
  let answer: (request: Request) => Response | Promise<Response> = () => new Response();
  const server = await listen((request) => answer(request), { port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${server.port}`;
  const app = createWeb({
    core: web.core,
    picture: {
      svg: async () => '<svg xmlns="http://www.w3.org/2000/svg"/>',
      png: async () => new Uint8Array(),
    },
    settings: {
      baseUrl: base,
      secrets: SECRETS,
      apiToken: TOKEN,
      timeZone: 'UTC',
      currency: 'USD',
      locale: 'en-US',
    },
    roleOf: sampleRoleOf,
    machineNow: () => MACHINE_NOW,
    version: '0.0.0-test',
  });
  answer = (request) => app.fetch(request);
  close = server.close;
  page = await open();
});
afterEach(async () => {
  await context.close();
  await close();
});

async function open(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const expiresAt = MACHINE_NOW + 60_000;
  const session = sealSession({ userId: 'U1', name: 'Ada', expiresAt }, SECRETS);
  await context.addCookies([{ name: 'icb', value: session, url: base }]);
  return context.newPage();
}

const heldCount = async () => (await listPlan(web.core)).counts.held;
const releaseDailyMail = async (by: Parameters<typeof releaseLine>[1]['by']) => {
  const line = (await listPlan(web.core)).lines.find(({ organization }) => organization === 'Daily Mail');
  await releaseLine(web.core, { by, id: line?.id ?? '', reason: 'Office closed' });
};

describe('the plan', () => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'in %s at %i pixels: fits, and has no accessibility faults',
    { timeout: 30_000 },
    async (colorScheme, width) => {
      await releaseDailyMail(SYSTEM);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${base}/dashboard/plan`);
      await shoot(page, `plan-${colorScheme}-${width}`);
      expect(await pageFaults(page)).toEqual([]);
      await page.getByRole('link', { name: /^Exclude counts of/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Exclude counts' });
      await dialog.waitFor();
      await shoot(page, `exclude-${colorScheme}-${width}`);
      expect(await pageFaults(page)).toEqual([]);
      await page.goto(`${base}/dashboard`);
      await shoot(page, `dashboard-${colorScheme}-${width}`);
      expect(await pageFaults(page)).toEqual([]);
    },
  );

  test('by keyboard: Approve in a dialog, and the plan says what was done', async () => {
    await page.goto(`${base}/dashboard/plan`);
    const approve = page.getByRole('link', { name: 'Approve the count of Daily Mail' });
    await approve.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Approve this count?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await approve.evaluate((link) => link === document.activeElement)).toBe(true);
    expect(await heldCount()).toBe(2);
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.keyboard.type('Office closed');
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .filter({ hasText: 'Approved Daily Mail: Desktop Monitoring, All devices: 14 → 0 (Office closed).' })
      .waitFor();
    expect(await heldCount()).toBe(1);
    await shoot(page, 'approved');
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Waits for a person again: Approved Daily Mail').waitFor();
    expect(await heldCount()).toBe(2);
    await page.getByRole('link', { name: 'Back to the plan' }).click();
    await approve.waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).isVisible()).toBe(false);
  });

  test('Exclude: what is wrong is said in the dialog, and what was typed stays', async () => {
    await page.goto(`${base}/dashboard/plan`);
    await page.getByRole('link', { name: 'Exclude counts of Daily Mail' }).click();
    const dialog = page.getByRole('dialog', { name: 'Exclude counts' });
    await dialog.getByLabel('Why?').fill('Moving');
    await dialog.getByLabel(/^Units to subtract/).fill('3');
    await dialog.getByRole('button', { name: 'Exclude' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'there are no units to subtract' }).waitFor();
    expect(await dialog.getByLabel('Why?').inputValue()).toBe('Moving');
    await dialog.getByLabel(/^Units to subtract/).fill('');
    await dialog.getByRole('button', { name: 'Exclude' }).click();
    await page.getByRole('status').filter({ hasText: 'until 2026-11-30: Moving.' }).waitFor();
    expect(await heldCount()).toBe(1);
  });

  test('somebody who was faster is named', async () => {
    await page.goto(`${base}/dashboard/plan`);
    await page.getByRole('link', { name: 'Approve the count of Daily Mail' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve this count?' });
    await dialog.waitFor();
    await releaseDailyMail({ kind: 'slack', userId: 'U2', name: 'Bob' });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('status').filter({ hasText: 'This is decided already. Approved by Bob' }).waitFor();
  });

  test('Approve all held of a module', async () => {
    await page.goto(`${base}/dashboard/plan`);
    await page.getByRole('link', { name: 'Approve all held of Datto RMM' }).click();
    await page.getByRole('button', { name: 'Approve all' }).click();
    await page.getByRole('status').filter({ hasText: 'Approved all 2 held counts of Datto RMM.' }).waitFor();
    expect(await heldCount()).toBe(0);
  });

  test('without scripts the same links are pages', async () => {
    page = await open({ javaScriptEnabled: false });
    await page.goto(`${base}/dashboard/plan?action=held`);
    await page.getByRole('link', { name: 'Exclude counts of Daily Mail' }).click();
    await page.getByRole('heading', { name: 'Exclude counts' }).waitFor();
    await shoot(page, 'exclude-without-scripts');
    await page.getByLabel('Why?').fill('Moving');
    await page.getByRole('button', { name: 'Exclude' }).click();
    await page.getByText('until 2026-11-30: Moving.').waitFor();
    expect(await heldCount()).toBe(1);
    await shoot(page, 'excluded-without-scripts');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Waits for a person again: Excluded the counts of Daily Mail').waitFor();
    expect(await heldCount()).toBe(2);
    await page.getByRole('link', { name: 'Back to the plan' }).click();
    expect(page.url()).toBe(`${base}/dashboard/plan?action=held`);
  });
});
