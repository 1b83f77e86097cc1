import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type DemoProcess, startDemo } from '../support/demo-process.ts';
import { shoot } from '../support/page-faults.ts';

let demo: DemoProcess;
let browser: Browser;
let slack: Page;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchBrowser()]);
  slack = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await slack.goto(demo.slack);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

async function type(command: string): Promise<void> {
  const box = slack.getByRole('textbox', { name: 'Message #billing' });
  await box.fill(command);
  await box.press('Enter');
}

async function modal(title: string): Promise<Locator> {
  const dialog = slack.getByRole('dialog', { name: title });
  await dialog.waitFor();
  return dialog;
}

const press = (dialog: Locator, name: string | RegExp): Promise<void> =>
  dialog.getByRole('button', { name }).first().click();

async function close(dialog: Locator, name: string): Promise<void> {
  await press(dialog, name);
  await slack.getByRole('dialog').waitFor({ state: 'hidden' });
}

test('the newcomer’s walk, from nothing enabled to posted billing items', { timeout: 90_000 }, async () => {
  await type('/icb enable');
  let dialog = await modal('Enable modules');
  await press(dialog, 'Switch on Datto RMM');
  await dialog.getByRole('button', { name: 'Switch off Datto RMM' }).waitFor();
  await press(dialog, 'Sync now');
  await dialog.getByText('20 module organizations').first().waitFor();
  await shoot(slack, '1-enabled', {});
  await close(dialog, 'Done');

  await type('/icb map');
  dialog = await modal('Map organizations');
  // Its warehouse is suggested for the same organization, further down.
  await dialog.getByRole('checkbox', { name: 'Approve Daily Mail' }).first().check();
  await shoot(slack, '2-map', {});
  await press(dialog, 'Review');
  dialog = await modal('Save these mappings?');
  await dialog.getByText('Daily Mail (Datto RMM): not mapped → Daily Mail').waitFor();
  await press(dialog, 'Save');
  dialog = await modal('Mappings saved');
  await dialog.getByText('Alex Admin').waitFor();
  await shoot(slack, '3-mapped', {});
  await close(dialog, 'Close');

  await type('/icb services Daily Mail');
  dialog = await modal('Map services');
  await dialog.getByText('14 units counted').waitFor();
  await dialog.getByRole('combobox').first().click();
  await slack.getByRole('option', { name: /Desktop Monitoring/ }).click();
  await dialog.getByRole('checkbox', { name: /Ignore the rest|Every billing type/ }).check();
  await shoot(slack, '4-services', {});
  await press(dialog, 'Review');
  dialog = await modal('Save these services?');
  await dialog.getByText('14 × $12.50 = $175.00').waitFor();
  await press(dialog, 'Save');
  dialog = await modal('Services saved');
  await shoot(slack, '5-services-saved', {});
  await close(dialog, 'Close');

  await type('/icb sync now');
  // Its thread tells the change again.
  const summary = slack
    .getByTestId('message')
    .filter({ hasText: 'Daily Mail: Desktop Monitoring 0 → 14' })
    .filter({ hasText: 'In force' });
  await summary.getByRole('img').first().waitFor();
  await slack.setViewportSize({ width: 1000, height: 1500 });
  await shoot(summary, '6-summary', {});
  await slack.setViewportSize({ width: 1280, height: 900 });

  const page = slack;
  await page.goto(demo.dashboard);
  await page.getByRole('button', { name: /sign in|open the dashboard|continue/i }).click();
  await page.getByRole('heading', { name: 'Pending by module' }).waitFor();
  // Which of the two drawings shows, for wide screens or for phones, is said by the styles.
  await page.waitForLoadState();
  await shoot(page, '7-dashboard');
  await page
    .getByRole('link', { name: /Datto RMM: \$175\.00/ })
    .filter({ visible: true })
    .first()
    .click();
  const row = page.getByRole('row').filter({ hasText: 'Daily Mail' });
  await row.getByText('$175.00').waitFor();
  await row.getByRole('checkbox').check();
  await shoot(page, '8-rows', {});
  await page
    .getByRole('button', { name: /Approve and post/ })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Approve and post/ })
    .click();
  await page
    .getByText(/posted/i)
    .first()
    .waitFor();
  await shoot(page, '9-posted', {});

  const posted = await fetch(`${demo.baseUrl}/api/billing-items?status=posted`, {
    headers: { authorization: `Bearer ${demo.apiToken}` },
  });
  const { items } = (await posted.json()) as { items: object[] };
  expect(items).toMatchObject([
    {
      status: 'posted',
      kind: 'period',
      organization: 'Daily Mail',
      service: 'Desktop Monitoring',
      module: 'datto-rmm',
      billingType: 'AllDevicesMetric',
      units: 14,
      amount: '175.00',
      currency: 'USD',
      postedBy: { name: 'Alex Admin' },
    },
  ]);
});

test('the sign-in link works once', async () => {
  const again = await fetch(demo.dashboard, {
    method: 'POST',
    headers: { origin: demo.baseUrl },
    redirect: 'manual',
  });
  expect(again.status).toBeGreaterThanOrEqual(400);
  expect(await again.text()).toContain('/icb dashboard');
});
