import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type DemoProcess, startDemo } from '../support/demo-process.ts';
import { pageFaults, shoot } from '../support/page-faults.ts';

let demo: DemoProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const env = { ICB_CLOCK: '2026-11-22T09:00:00Z' };
  [demo, browser] = await Promise.all([startDemo({ args: ['--filled'], env }), launchBrowser()]);
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await page.goto(demo.dashboard);
  await page.getByRole('button', { name: /sign in|open the dashboard|continue/i }).click();
  await page.getByRole('heading', { name: 'Pending by module' }).waitFor();
}, 90_000);

afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

const PAGES = [
  ['dashboard', '/dashboard'],
  ['mapping', '/dashboard/mappings?state=all'],
  ['mapping-by-organization', '/dashboard/mappings/organizations?state=all'],
  ['items', '/dashboard/items?status=pending'],
  ['plan', '/dashboard/plan'],
  ['usage', '/dashboard/usage'],
  ['modules', '/dashboard/modules'],
  ['leakage', '/dashboard/leakage'],
  ['activity', '/dashboard/activity'],
  ['settings', '/dashboard/settings'],
  ['docs', '/docs'],
] as const;

describe('the filled demo', () => {
  test('shows twelve months of four modules', async () => {
    const groups = await fetch(`${demo.baseUrl}/api/billing-items?status=posted&groupBy=period,module`, {
      headers: { authorization: `Bearer ${demo.apiToken}` },
    }).then((answer) => answer.json() as Promise<{ groups: { key: string }[] }>);
    const keys = groups.groups.map((group) => group.key);
    expect(new Set(keys.map((key) => key.slice(0, 7))).size).toBeGreaterThanOrEqual(11);
    for (const module of ['datto-rmm', 'datto-bcdr', 'saas-protection', 'rocketcyber'])
      expect(keys.some((key) => key.endsWith(module))).toBe(true);
  });

  test.each(PAGES)(
    '%s: fits 390 and 1280 pixels, light and dark, without accessibility faults',
    { timeout: 30_000 },
    async (name, path) => {
      await page.goto(new URL(path, demo.baseUrl).href);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await pageFaults(page), `${name} at ${width}`).toEqual([]);
          const clip = { x: 0, y: 0, width, height: 2000 };
          await shoot(page, `${name}-${width}-${colorScheme}`, { fullPage: true, clip });
        }
      }
    },
  );
});
