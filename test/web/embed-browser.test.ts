import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPicture, type PicturePool } from '../../src/render/create-picture.ts';
import { listen } from '../../src/serve.ts';
import type { Core } from '../../src/usecases/core.ts';
import { createWeb } from '../../web/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { pageFaults } from '../support/page-faults.ts';
import { MACHINE_NOW, SECRETS, TOKEN } from './sample-web.ts';
import { importSampleBook, putItems, sampleCore, sampleItem } from './sample-world.ts';

let core: Core;
let picture: PicturePool;
let browser: Browser;
let now = MACHINE_NOW;
let base = '';
let host = '';
const closing: (() => Promise<unknown>)[] = [];

/** The page that holds the frame, on another host of its own; each test says what it serves. */
let hostPage: { html: string; headers?: Record<string, string> } = { html: '' };
/** What the host's endpoint for new tokens answers, and how often it was asked. */
let renew: () => Response = () => new Response('busy', { status: 503 });
let renewals = 0;

beforeAll(async () => {
  core = await sampleCore();
  picture = createPicture({ workers: 1 });
  await importSampleBook(core);
  const months = ['2026-08', '2026-09', '2026-10'];
  await putItems(core, [
    sampleItem({ id: 'i1', units: 11 }),
    sampleItem({ id: 'i2', organizationId: 'o2', contractId: 'c2', contractServiceId: 'cs2', units: 7 }),
    ...months.map((month, at) => sampleItem({ id: `p${at}`, status: 'posted', month, units: 3 + at })),
  ]);
  let answer: (request: Request) => Response | Promise<Response> = () => new Response();
  const server = await listen((request) => answer(request), { port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${server.port}`;
  const other = await listen(
    (request) => {
      if (new URL(request.url).pathname !== '/renew')
        return new Response(hostPage.html, { headers: { 'Content-Type': 'text/html', ...hostPage.headers } });
      renewals += 1;
      return renew();
    },
    { port: 0, host: '127.0.0.1' },
  );
  host = `http://localhost:${other.port}`;
  const settings = { baseUrl: base, secrets: SECRETS, apiToken: TOKEN, timeZone: 'UTC', currency: 'USD' };
  const web = createWeb({
    ...{ core, picture, roleOf: async () => 'viewer', machineNow: () => now, version: '0.0.0-test' },
    settings: { ...settings, locale: 'en-US' },
  });
  answer = (request) => web.fetch(request);
  browser = await launchBrowser();
  closing.push(
    () => browser.close(),
    () => server.close(),
    () => other.close(),
    () => picture.close(),
  );
}, 60_000);
afterAll(() => Promise.all(closing.map((close) => close())));

async function make(body: object): Promise<{ id: string; url: string; snippet: string }> {
  const answer = await fetch(`${base}/api/embed-links`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ frameAncestors: [host], ...body }),
  });
  return (await answer.json()) as { id: string; url: string; snippet: string };
}

/** A page, and everything the browser complained of: policy, scripts, what was refused. */
async function newPage(
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  return { page, faults };
}

const frameOf = (page: Page) => page.frameLocator('iframe[data-icb]');
const heightOf = (page: Page) =>
  page.locator('iframe[data-icb]').evaluate((frame) => frame.getBoundingClientRect().height);
const untilHeight = (page: Page, script: string) =>
  page.waitForFunction(
    `(() => { const height = document.querySelector('iframe[data-icb]').getBoundingClientRect().height; return ${script}; })()`,
  );

describe('in a host page', () => {
  test('the snippet shows the chart; the frame grows and shrinks with it; nothing is refused', async () => {
    const { snippet } = await make({ widget: 'posted-by-month' });
    hostPage = { html: `<!doctype html><title>Host</title>${snippet}` };
    const { page, faults } = await newPage();
    await page.goto(host);
    const bars = frameOf(page).locator('.figure svg path');
    await bars.first().waitFor();
    expect(await bars.count()).toBeGreaterThanOrEqual(3);
    // The table behind it is a real one, made of text after the first paint.
    await frameOf(page).locator('details table').waitFor({ state: 'attached' });
    await untilHeight(page, 'height !== 420');
    const closed = await heightOf(page);
    await frameOf(page).locator('summary').click();
    await untilHeight(page, `height > ${closed + 40}`);
    await frameOf(page).locator('summary').click();
    await untilHeight(page, `height === ${closed}`);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('a host with a strict policy of its own, and one that isolates itself, show it too', async () => {
    const { snippet } = await make({ widget: 'pending-by-module' });
    const csp = `default-src 'none'; frame-src ${base}; script-src ${base}; style-src 'self'`;
    for (const headers of [
      { 'Content-Security-Policy': csp },
      { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Opener-Policy': 'same-origin' },
    ]) {
      hostPage = { html: `<!doctype html><title>Host</title>${snippet}`, headers };
      const { page, faults } = await newPage();
      await page.goto(host);
      await frameOf(page).locator('.figure svg').waitFor();
      await untilHeight(page, 'height !== 420');
      const looks = await page.locator('iframe[data-icb]').evaluate((frame) => {
        const { borderTopWidth } = getComputedStyle(frame);
        return [borderTopWidth, frame.clientWidth === frame.parentElement?.clientWidth];
      });
      expect(looks).toEqual(['0px', true]);
      expect(faults).toEqual([]);
      await page.close();
    }
  });

  test('the height is right also where the script of the host comes after the frame has told it', async () => {
    const { snippet } = await make({ widget: 'pending-by-module' });
    hostPage = { html: `<!doctype html><title>Host</title>${snippet}` };
    const { page } = await newPage();
    let arrive = () => {};
    const arrived = new Promise<void>((done) => {
      arrive = done;
    });
    await page.route('**/embed/assets/host.js', async (route) => {
      await arrived;
      await route.continue();
    });
    await page.addInitScript(`addEventListener('message', ({ data }) => { window.told = data.type; })`);
    await page.goto(host, { waitUntil: 'commit' });
    await page.waitForFunction(`window.told === 'icb:resize'`);
    // Painted, and its table unfolded: nothing is left that would make it tell again by itself.
    await frameOf(page).locator('details table').waitFor({ state: 'attached' });
    expect(await heightOf(page)).toBe(420);
    arrive();
    await untilHeight(page, 'height !== 420');
    await page.close();
  });

  test.each(['CSV', 'PNG', 'SVG'])('%s is saved by its link, and the chart stays', async (name) => {
    const { snippet } = await make({ widget: 'pending-by-module' });
    hostPage = { html: `<!doctype html><title>Host</title>${snippet}` };
    const { page } = await newPage();
    await page.goto(host);
    await frameOf(page).locator('.figure svg').waitFor();
    const saved = page.waitForEvent('download');
    await frameOf(page).getByRole('link', { name }).click();
    expect((await saved).suggestedFilename()).toBe(`pending-by-module.${name.toLowerCase()}`);
    expect(await frameOf(page).locator('.figure svg').count()).toBe(1);
    await page.close();
  });

  test('a sandbox without scripts shows the chart, and a picture stands where only pictures are taken', async () => {
    const { url } = await make({ widget: 'pending-by-module' });
    const png = url.replace('?', '.png?');
    const svg = url.replace('?', '.svg?');
    hostPage = {
      html: `<!doctype html><title>Host</title><iframe data-icb sandbox="" src="${url}"></iframe><img id="png" src="${png}"><img id="svg" src="${svg}">`,
    };
    const { page } = await newPage();
    await page.goto(host);
    await frameOf(page).locator('.narrow img').waitFor();
    await frameOf(page).locator('summary').click();
    await frameOf(page).locator('details table').getByText('$225.00').first().waitFor();
    for (const id of ['png', 'svg'])
      await page.waitForFunction(`document.getElementById('${id}').naturalWidth > 300`);
    await page.close();
  });

  test('a host that the link does not name is blocked', async () => {
    const { snippet } = await make({
      widget: 'pending-by-module',
      frameAncestors: ['https://portal.example.com'],
    });
    hostPage = { html: `<!doctype html><title>Host</title>${snippet}` };
    const { page, faults } = await newPage();
    await page.goto(host);
    await expect.poll(() => faults.join(' ')).toMatch(/frame-ancestors/);
    expect(await frameOf(page).locator('main').count()).toBe(0);
    await page.close();
  });
});

describe('when a token ends', () => {
  test('the figures go away, without a reload', async () => {
    const { url } = await make({
      widget: 'pending-by-module',
      kind: 'token',
      expiresAt: new Date(now + 2_000).toISOString(),
    });
    const { page } = await newPage();
    await page.goto(url);
    await page.getByText('$225.00').first().waitFor();
    now += 10_000;
    await page.getByText('This chart link has expired.').waitFor();
    expect(await page.content()).not.toContain('225');
    now -= 10_000;
    await page.close();
  });

  test('also while icb answers nobody', async () => {
    const { url } = await make({
      widget: 'pending-by-module',
      kind: 'token',
      expiresAt: new Date(now + 2_000).toISOString(),
    });
    const { page } = await newPage();
    await page.goto(url);
    await page.getByText('$225.00').first().waitFor();
    await page.route('**/embed/widgets/**', (route) => route.fulfill({ status: 503, body: 'busy' }));
    await page.getByText('This chart link has expired.').waitFor();
    expect(await page.content()).not.toContain('225');
    await page.close();
  });

  /** A frame whose token ends in three seconds; the host's endpoint has one that ends in six hundred. */
  async function ending(): Promise<{ page: Page; token: string }> {
    const body = { widget: 'pending-by-module', kind: 'token' };
    const { snippet } = await make({ ...body, expiresAt: new Date(now + 3_000).toISOString() });
    hostPage = {
      html: `<!doctype html><title>Host</title>${snippet.replace('data-icb', 'data-icb data-icb-renew="/renew"')}`,
    };
    renewals = 0;
    const token = new URL((await make(body)).url).searchParams.get('t') ?? '';
    const { page } = await newPage();
    return { page, token };
  }

  test('the host hands over a new one, and what was open stays open', async () => {
    const { page, token } = await ending();
    renew = () => Response.json({ token });
    await page.goto(host);
    await frameOf(page).locator('summary').click();
    await frameOf(page).locator('main[data-ends="600"]').waitFor();
    expect(await frameOf(page).locator('details').getAttribute('open')).not.toBeNull();
    await page.close();
  });

  test('a host that fails is asked again; with its new token the chart comes back', async () => {
    const { page, token } = await ending();
    renew = () => new Response('busy', { status: 503 });
    await page.goto(host);
    await frameOf(page).locator('.figure svg').waitFor();
    now += 10_000;
    await frameOf(page).getByText('This chart link has expired.').waitFor();
    await expect.poll(() => renewals).toBeGreaterThan(1);
    renew = () => Response.json({ token });
    await frameOf(page).locator('.figure svg').waitFor();
    expect(await frameOf(page).locator('main').getAttribute('data-ends')).toBe('590');
    now -= 10_000;
    await page.close();
  });

  test('a page that was over when it was opened asks too, and looks as the new token says', async () => {
    const { page } = await ending();
    const look = { widget: 'pending-by-module', kind: 'token', theme: 'dark', locale: 'de-DE' };
    const token = new URL((await make(look)).url).searchParams.get('t') ?? '';
    renew = () => Response.json({ token });
    now += 10_000;
    await page.goto(host);
    await frameOf(page).locator('.figure svg').waitFor();
    const root = frameOf(page).locator('html');
    expect([await root.getAttribute('lang'), await root.getAttribute('data-theme')]).toEqual([
      'de-DE',
      'dark',
    ]);
    now -= 10_000;
    await page.close();
  });
});

describe.each([1280, 390])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)(
    'axe finds nothing in %s: a widget, a tab, a notice',
    async (colorScheme) => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
        bypassCSP: true,
      });
      const page = await context.newPage();
      const urls = [
        (await make({ widget: 'posted-by-month' })).url,
        (await make({ tab: 'icb' })).url,
        `${base}/embed/widgets/pending-by-module?t=x`,
      ];
      for (const url of urls) {
        await page.goto(url);
        await page.locator('main').waitFor();
        expect(await pageFaults(page), url).toEqual([]);
      }
      await context.close();
    },
  );
});

test('the page asks nobody but icb for anything; the recorder sees what a page does ask for', async () => {
  const { url } = await make({ tab: 'icb' });
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(url);
  await page.locator('.figure svg').first().waitFor();
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.filter((each) => !each.startsWith(base))).toEqual([]);
  // Proof that a request to somewhere else would have been seen.
  hostPage = { html: `<img src="${base}/embed/nowhere.svg">` };
  await page.goto(host);
  await expect.poll(() => asked.some((each) => each.endsWith('/embed/nowhere.svg'))).toBe(true);
  expect(asked.some((each) => each.startsWith(host))).toBe(true);
  await context.close();
});
