import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../../src/simulators/slack/start-slack-simulator.ts';
import { pageFaults } from '../../support/page-faults.ts';
import { SECRETS, startBoltApp } from './bolt-app.ts';

let slack: SlackSimulator;
let app: Awaited<ReturnType<typeof startBoltApp>>;
let browser: Browser;
let alex: Page;
/** Opened once: Chromium in one process ends when windows come and go. */
let vera: Page | undefined;

beforeAll(async () => {
  slack = await startSlackSimulator(SECRETS);
  app = await startBoltApp(slack, 'http');
  browser = await playwright.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await chromium.executablePath()),
    args: [...chromium.args],
    headless: true,
  });
  app.app.view('every-input', ({ ack }) => ack());
  alex = await open('U0ADMIN');
}, 60_000);
afterEach(async () => {
  slack.switched.reset();
  await slack.closeView('U0ADMIN', { all: true });
  // The window stays for the next test: a modal still drawn would keep the message box from the keyboard.
  await alex.getByRole('dialog').waitFor({ state: 'hidden' });
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await slack.close();
});

async function open(user: string): Promise<Page> {
  const context = alex?.context() ?? (await browser.newContext());
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${slack.url}/?user=${user}`);
  return page;
}
const veras = async (): Promise<Page> => {
  vera ??= await open('U0VIEW');
  return vera;
};

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message #billing' });
const say = async (page: Page, line: string) => {
  await composer(page).fill(line);
  await composer(page).press('Enter');
};

const plain = (text: string) => ({ type: 'plain_text', text });
const options = ['Alpha', 'Beta', 'Gamma'].map((name) => ({
  text: plain(name),
  value: name.toLowerCase(),
  description: plain(`About ${name}`),
}));
const input = (label: string, element: object) => ({
  type: 'input',
  block_id: label,
  optional: true,
  label: plain(label),
  element: { action_id: label, ...element },
});
/** Every kind of input that icb or its settings use. */
const INPUTS = [
  input('Organization', { type: 'external_select', min_query_length: 0 }),
  input('Modules', { type: 'multi_static_select', options }),
  input('Approver', { type: 'users_select' }),
  input('Approvers', { type: 'multi_users_select' }),
  input('Channel', { type: 'conversations_select' }),
  input('Limit', { type: 'number_input', is_decimal_allowed: false }),
  input('Checks', { type: 'checkboxes', options }),
  input('Rule', { type: 'radio_buttons', options }),
  input('Until', { type: 'datepicker' }),
  input('Reason', { type: 'plain_text_input', multiline: true }),
];

async function withEveryInput(page: Page): Promise<void> {
  await say(page, '/icb map');
  await page.getByRole('dialog', { name: 'Map organization' }).waitFor();
  const { view } = await slack.waitFor(() => slack.views('U0ADMIN')[0]);
  await app.app.client.views.update({
    view_id: String(view.id),
    view: {
      type: 'modal',
      callback_id: 'every-input',
      title: plain('Every input'),
      submit: plain('Save'),
      blocks: INPUTS,
    } as never,
  });
  await page.getByRole('dialog', { name: 'Every input' }).waitFor();
}

describe('as good as a product', { timeout: 60_000 }, () => {
  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)(
    'axe finds nothing at %i, %s: channel, faults, every input, Home',
    async (width, colorScheme) => {
      const page = alex;
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${slack.url}/?user=U0ADMIN#C0BILLING`);
      await composer(page).waitFor();
      slack.switched.turn('slow', true);
      await page.getByText('On purpose: slow').waitFor();
      await page.getByText('Faults: 1 on').click();
      expect(await pageFaults(page)).toEqual([]);
      slack.switched.reset();
      await withEveryInput(page);
      expect(await pageFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.goto(`${slack.url}/?user=U0ADMIN#app/home`);
      await page.getByTestId('home').getByRole('heading', { name: 'Welcome' }).waitFor();
      expect(await pageFaults(page)).toEqual([]);
    },
  );

  it('every input takes what a person enters, and the app gets it', async () => {
    const page = alex;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${slack.url}/?user=U0ADMIN#C0BILLING`);
    await withEveryInput(page);
    const dialog = page.getByRole('dialog');
    for (const { label } of INPUTS)
      expect(await dialog.getByText(label.text, { exact: true }).count()).toBeGreaterThan(0);
    await dialog.getByRole('textbox', { name: 'Limit' }).fill('500');
    await dialog.getByRole('checkbox', { name: /Beta/ }).check();
    await dialog.getByRole('radio', { name: /Gamma/ }).check();
    await dialog.getByLabel('Until').fill('2026-12-24');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Because');
    await dialog.getByText('About Beta').first().waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => JSON.stringify(slack.log.of('view_submission').at(-1)?.request ?? {}))
      .toContain('2026-12-24');
    const sent = JSON.stringify(slack.log.of('view_submission').at(-1)?.request);
    for (const value of ['"value":"500"', '"value":"beta"', '"value":"gamma"', 'Because'])
      expect(sent).toContain(value);
  });

  it('focus stays in the modal and goes back where it was', async () => {
    const page = alex;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${slack.url}/?user=U0ADMIN#C0BILLING`);
    await withEveryInput(page);
    const isInside = () =>
      page.evaluate(() => document.querySelector('dialog')?.contains(document.activeElement));
    // The browser's own buttons may have a turn between the last field and the first; the page behind never.
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      expect(
        (await page.evaluate(() => document.activeElement === document.body)) || (await isInside()),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => composer(page).evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('two people in two windows each see their own, and both see the channel', async () => {
    const other = await veras();
    await say(alex, '/icb help');
    await alex.getByText('Commands: map, say').first().waitFor();
    await say(other, 'Good morning');
    await alex.getByText('Good morning').waitFor();
    expect(await other.getByText('Commands: map, say').count()).toBe(0);
  });

  it('a fault is switched on in one window, seen in the other, met by the app, and reset', async () => {
    const other = await veras();
    await alex.getByText('Faults: none').click();
    await alex.getByRole('switch', { name: 'Revoked token' }).check();
    await other.getByText('On purpose: revoked token').waitFor();
    await expect(app.app.client.auth.test()).rejects.toThrow('token_revoked');
    await other.getByRole('button', { name: 'Reset faults' }).click();
    await alex.getByText('Faults: none').waitFor();
    expect((await app.app.client.auth.test()).ok).toBe(true);
  });

  it.each([
    ['hash-conflict', 'views.publish', 'hash_conflict'],
    ['archived-channel', 'chat.postMessage', 'is_archived'],
  ])('the switch %s makes %s answer %s', async (name, method, error) => {
    slack.switched.turn(name, true);
    const args = {
      channel: 'C0BILLING',
      text: 'x',
      user_id: 'U0ADMIN',
      view: { type: 'home', blocks: [{ type: 'divider' }] },
    };
    await expect(app.app.client.apiCall(method, args)).rejects.toThrow(error);
    expect((await app.app.client.auth.test()).ok).toBe(true);
  });
});
