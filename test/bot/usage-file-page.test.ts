import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { pageFaults, shoot } from '../support/page-faults.ts';
import { FILE, huntressOffice } from '../web/usage-world.ts';
import { type BotWorld, startBotWorld } from './bot-world.ts';

let world: BotWorld;
let browser: Awaited<ReturnType<typeof launchBrowser>>;

beforeAll(async () => {
  [world, browser] = await Promise.all([startBotWorld({ book: {} }), launchBrowser()]);
  // Its counts are of the 21st.
  for (let day = 10; day < 22; day++) world.nextDay();
  await huntressOffice(world.core);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

test('a file shared on the stand-in’s page is previewed, saved and undone there', {
  timeout: 40_000,
}, async () => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 1100 } })).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(world.slack.url);
  const file = { name: 'huntress.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) };
  await page.getByLabel('Share a file').first().setInputFiles(file);
  const preview = page.getByTestId('message').filter({ hasText: 'What the next sync would change' });
  await preview.getByText('20 → 21 units').waitFor();
  await preview.getByText('held: 9 → 0 units').waitFor();
  expect(await pageFaults(page)).toEqual([]);
  await shoot(page, 'slack-usage-file');
  await preview.getByRole('button', { name: 'Save' }).click();
  const saved = page.getByTestId('message').filter({ hasText: '5 counts of Huntress taken in' });
  await saved.waitFor();
  await shoot(page, 'slack-usage-saved');
  await saved.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone: 5 counts are as before huntress.csv').waitFor();
});
