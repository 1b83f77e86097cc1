import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../../src/simulators/slack/start-slack-simulator.ts';
import { pageFaults } from '../../support/page-faults.ts';
import { SECRETS, startBoltApp } from './bolt-app.ts';

let slack: SlackSimulator;
let app: Awaited<ReturnType<typeof startBoltApp>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  slack = await startSlackSimulator(SECRETS);
  app = await startBoltApp(slack, 'http');
  browser = await playwright.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await chromium.executablePath()),
    args: [...chromium.args],
    headless: true,
  });
  page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(slack.url);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await app.stop();
  await slack.close();
});

const composer = () => page.getByRole('textbox', { name: 'Message #billing' });
const say = async (line: string) => {
  await composer().fill(line);
  await composer().press('Enter');
};

describe('a person at the page', { timeout: 30_000 }, () => {
  it('maps an organization: command, modal, search, errors, message, button', async () => {
    await say('/icb map');
    const dialog = page.getByRole('dialog', { name: 'Map organization' });
    await dialog.waitFor();
    expect(await pageFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Please complete this required field.').first().waitFor();

    const organization = dialog.getByRole('combobox', { name: 'Organization' });
    await organization.fill('glo');
    await dialog.getByRole('option', { name: 'Globex' }).click();
    await dialog.getByRole('textbox', { name: 'Units' }).fill('14');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Globex is inactive.').waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Units' }).inputValue()).toBe('14');

    await organization.fill('daily');
    await dialog.getByRole('option', { name: 'Daily Mail' }).waitFor();
    await organization.press('Enter');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const message = page.getByTestId('message').filter({ has: page.getByRole('button', { name: 'Undo' }) });
    await message.waitFor();
    expect(await dialog.isVisible()).toBe(false);

    await composer().fill('half a sentence');
    await message.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone by').waitFor();
    expect(await composer().inputValue()).toBe('half a sentence');
    expect(await pageFaults(page)).toEqual([]);
  });

  it('keeps typed text when the app updates the open modal', async () => {
    await say('/icb map');
    const dialog = page.getByRole('dialog');
    const units = dialog.getByRole('textbox', { name: 'Units' });
    await units.fill('99');
    const { view } = await slack.waitFor(() => slack.views('U0ADMIN')[0]);
    const { callback_id, notify_on_close, submit, close, blocks } = view;
    await app.app.client.views.update({
      view_id: String(view.id),
      view: {
        type: 'modal',
        title: { type: 'plain_text', text: 'Map, once more' },
        ...{ callback_id, notify_on_close, submit, close, blocks },
      } as never,
    });
    await page.getByRole('dialog', { name: 'Map, once more' }).waitFor();
    expect(await units.inputValue()).toBe('99');
    expect(await units.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(slack.views('U0ADMIN')).toEqual([]);
  });

  it('shows ephemeral answers to one person and failures as Slack words them', async () => {
    await say('/icb help');
    const answer = page.getByTestId('message').filter({ hasText: 'Commands: map, say' });
    await answer.getByText('Only visible to you').waitFor();
    await say('/nope');
    await page.getByText('is not a valid command').waitFor();
    await page.goto(`${slack.url}/?user=U0VIEW`);
    await page.getByText('Undone by').waitFor();
    expect(await page.getByText('Commands: map, say').count()).toBe(0);
  });

  it('opens the app and its Home', async () => {
    await page.getByRole('link', { name: 'icb' }).click();
    await page.getByTestId('home').getByRole('heading', { name: 'Welcome' }).waitFor();
    await page.setViewportSize({ width: 390, height: 800 });
    await page.getByRole('button', { name: 'Channels and people' }).click();
    await page.getByRole('link', { name: '# billing' }).click();
    await composer().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
