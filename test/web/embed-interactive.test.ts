import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPicture, type PicturePool } from '../../src/render/create-picture.ts';
import { pageFaults } from '../support/page-faults.ts';
import { openWeb } from './browser-web.ts';
import { BEARER } from './sample-web.ts';
import { importSampleBook, putItems, sampleCore, sampleItem } from './sample-world.ts';

let picture: PicturePool;
let web: Awaited<ReturnType<typeof openWeb>>;

beforeAll(async () => {
  const core = await sampleCore();
  await importSampleBook(core);
  const months = ['2026-08', '2026-09', '2026-10'];
  await putItems(core, [
    sampleItem({ id: 'i1', units: 11 }),
    ...months.map((month, at) => sampleItem({ id: `p${at}`, status: 'posted', month, units: 3 + at })),
  ]);
  picture = createPicture({ workers: 1 });
  web = await openWeb(core, { picture });
}, 60_000);
afterAll(async () => {
  await web.close();
  await picture.close();
});

async function make(body: object): Promise<string> {
  const answer = await fetch(`${web.base}/api/embed-links`, {
    method: 'POST',
    headers: { ...BEARER, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return ((await answer.json()) as { url: string }).url;
}

/** A page, what it asked for, and everything its policy or its scripts complained of. */
async function open(url: string, options: { viewport?: { width: number; height: number } } = {}) {
  const page = await web.browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const faults: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(url);
  return { page, faults, asked };
}

const live = (page: Page) => page.locator('.figure[data-state="live"]');

test('pointer and arrow keys tell each figure, under a policy without eval, inline style or untrusted markup', async () => {
  const url = await make({ widget: 'posted-by-month', capabilities: ['interactive'] });
  const { page, faults, asked } = await open(url);
  await live(page).waitFor();
  const policy = (await (await fetch(url)).headers.get('content-security-policy')) ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe/);

  await live(page).focus();
  await page.keyboard.press('End');
  await page.getByRole('status').getByText('Oct 2026: $62.50').waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('status').getByText('Sep 2026: $50.00').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.tip').waitFor({ state: 'hidden' });
  await page.locator('.live svg .mark-rect path').last().hover();
  await page.getByRole('status').getByText('Oct 2026: $62.50').waitFor();

  expect(faults).toEqual([]);
  expect(asked.filter((each) => !each.startsWith(web.base))).toEqual([]);
  await page.close();
});

test('the live chart has the same figures as the picture it stands for, and axe finds nothing', async () => {
  const url = await make({ widget: 'posted-by-month', capabilities: ['interactive'] });
  const still = (await (await fetch(url.replace('?', '.svg?'))).text()).match(/fill="#[0-9a-f]{6}"/g);
  const context = await web.browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(url);
  await live(page).waitFor();
  const bars = page.locator('.live svg .mark-rect path');
  expect(await bars.count()).toBe(3);
  expect(still).toContain(`fill="${await bars.first().getAttribute('fill')}"`);
  expect(await pageFaults(page)).toEqual([]);
  await context.close();
});

test('where the live chart cannot be had, the picture stays; without the capability nothing is asked for', async () => {
  const url = await make({ widget: 'posted-by-month', capabilities: ['interactive'] });
  const page = await web.browser.newPage();
  await page.route('**/*.vg.json*', (route) => route.fulfill({ status: 500 }));
  const failed = page.waitForResponse(/vg\.json/);
  await page.goto(url);
  expect((await failed).status()).toBe(500);
  await page.locator('.figure svg').waitFor();
  expect(await live(page).count()).toBe(0);
  await page.close();

  const plain = await make({ widget: 'posted-by-month' });
  expect((await fetch(plain.replace('?', '.vg.json?'))).status).toBe(403);
  const without = await open(plain);
  await without.page.locator('details table').waitFor({ state: 'attached' });
  expect(without.asked.filter((each) => /vega|interactive|vg\.json/.test(each))).toEqual([]);
  await without.page.close();
});

test('a tab brings each of its charts to life; a phone keeps its pictures', async () => {
  const url = await make({ tab: 'icb', capabilities: ['interactive'] });
  const { page, faults } = await open(url);
  await live(page).first().waitFor();
  expect(faults).toEqual([]);
  await page.close();
  const phone = await open(url, { viewport: { width: 390, height: 800 } });
  await phone.page.locator('details table').first().waitFor({ state: 'attached' });
  expect(phone.asked.filter((each) => each.includes('vg.json'))).toEqual([]);
  await phone.page.close();
});
