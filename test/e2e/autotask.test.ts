import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type DemoProcess, startDemo } from '../support/demo-process.ts';
import { pageFaults, shoot } from '../support/page-faults.ts';

let demo: DemoProcess;

beforeAll(async () => {
  demo = await startDemo({ args: ['--psa', 'autotask'], env: { ICB_CLOCK: '2026-11-22T09:00:00Z' } });
}, 60_000);
afterAll(async () => expect(await demo?.stop()).toBe(0));

async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${demo.baseUrl}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${demo.apiToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const told = (await answer.json()) as T;
  expect(answer.ok, JSON.stringify(told)).toBe(true);
  return told;
}

/** What the person does who approves in Autotask: a form of its stand-in's page. */
const inAutotask = async (path: string, fields: Record<string, string>) =>
  expect(
    (await fetch(`${demo.autotask}/_sim/${path}`, { method: 'POST', body: new URLSearchParams(fields) })).ok,
  ).toBe(true);

interface Run {
  readonly state: string;
  readonly psaWrites: number;
  readonly psa: { readonly state: string; readonly confirmed?: number; readonly posted?: number };
}

async function sync(): Promise<Run> {
  const { id } = await api<{ id: string }>('POST', '/syncs', {});
  let run: Run = await api('GET', `/syncs/${id}`);
  await expect
    .poll(
      async () => {
        run = await api('GET', `/syncs/${id}`);
        return run.state;
      },
      { timeout: 20_000 },
    )
    .toBe('done');
  return run;
}

interface Item {
  readonly id: string;
  readonly status: string;
  readonly module: string | null;
  readonly units: number;
  readonly amount: string;
}
const DAILY_MAIL = '29683510';
const items = async (status: string): Promise<Item[]> =>
  (
    await api<{ items: Item[] }>(
      'GET',
      `/billing-items?status=${status}&organization=${DAILY_MAIL}&module=datto-rmm`,
    )
  ).items;

test('the whole life of a billing item through Autotask', { timeout: 90_000 }, async () => {
  await api('POST', '/modules/datto-rmm/enable');
  expect((await sync()).psa).toMatchObject({ state: 'done' });

  const { items: sites } = await api<{ items: { id: string; name: string }[] }>(
    'GET',
    '/module-organizations?module=datto-rmm',
  );
  const site = sites.find(({ name }) => name === 'Daily Mail');
  await api('PUT', '/organization-mappings', {
    mappings: [{ moduleOrganizationId: site?.id, organizationId: DAILY_MAIL }],
  });
  const { items: contracts } = await api<{
    items: { id: string; organizationId: string; services?: { id: string; service: string }[] }[];
  }>('GET', `/contracts?organization=${DAILY_MAIL}`);
  const contract = contracts.find(({ organizationId }) => organizationId === DAILY_MAIL);
  const service = contract?.services?.find((each) => each.service === 'Desktop Monitoring');
  await api('PUT', '/service-mappings', {
    mappings: [
      {
        contractId: contract?.id,
        module: 'datto-rmm',
        billingType: 'AllDevicesMetric',
        contractServiceId: service?.id,
        from: 'period-start',
      },
    ],
  });

  expect(await sync()).toMatchObject({ psaWrites: 1, psa: { state: 'done', confirmed: 1 } });
  expect(await items('pending')).toMatchObject([{ units: 14, amount: '175.00' }]);
  const refused = await fetch(`${demo.baseUrl}/api/billing-items/approve-and-post`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ filter: { module: 'datto-rmm' } }),
  });
  expect(await refused.json()).toMatchObject({ code: 'not-postable' });

  await inAutotask('approve-and-post', { throughDate: '2026-11-22' });
  expect(await sync()).toMatchObject({ psaWrites: 0 });
  const [posted] = await items('posted');
  expect(posted).toMatchObject({ module: 'datto-rmm', units: 14, amount: '175.00' });
  expect(await items('pending')).toEqual([]);

  expect(await sync()).toMatchObject({ psaWrites: 0, psa: { state: 'done' } });
  expect((await items('posted'))[0]?.id).toBe(posted?.id);
});

/** Both colour schemes at both widths, without a sideways scroll or an accessibility fault. */
async function looksRight(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await pageFaults(page), `${name} at ${width}`).toEqual([]);
      await shoot(page, `${name}-${width}-${colorScheme}`, {});
    }
  }
}

test('its page: both sides of every period, and the way to Approve & Post', { timeout: 90_000 }, async () => {
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(demo.dashboard);
    await page.getByRole('button', { name: /sign in|open the dashboard|continue/i }).click();
    await page.getByRole('link', { name: 'PSA' }).click();
    await page.getByRole('heading', { name: 'Autotask', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'All periods' }).click();
    await page
      .getByRole('row', { name: /Daily Mail.*Desktop Monitoring/ })
      .first()
      .waitFor();
    // Its services have no units on either side.
    expect(await page.getByRole('row', { name: /Blue Heron/ }).count()).toBe(0);
    await looksRight(page, 'psa');
    const approve = await page.getByRole('link', { name: /Approve in Autotask/ }).getAttribute('href');
    await page.goto(approve ?? '');
    await page.getByRole('heading', { name: 'Autotask simulator' }).waitFor();
    await looksRight(page, 'autotask-stand-in');
  } finally {
    await browser.close();
  }
});
