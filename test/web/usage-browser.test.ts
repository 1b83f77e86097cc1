import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealSession } from '../../src/auth/session.ts';
import { pageFaults, shoot } from '../support/page-faults.ts';
import { openWeb } from './browser-web.ts';
import { MACHINE_NOW, SECRETS } from './sample-web.ts';
import { sampleCore } from './sample-world.ts';
import { FILE, huntressOffice } from './usage-world.ts';

let web: Awaited<ReturnType<typeof openWeb>>;

beforeAll(async () => {
  const core = await sampleCore();
  await huntressOffice(core);
  web = await openWeb(core);
}, 60_000);

afterAll(() => web?.close());

/** Looks at the page in both schemes: it fits, and has no accessibility fault. */
async function look(page: Page, name: string, width: number): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await pageFaults(page), `${name} at ${width}`).toEqual([]);
    await shoot(page, `${name}-${width}-${colorScheme}`);
  }
}

/** By keyboard; the answer is a page of its own. */
async function updatePreview(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Update the preview' }).press('Enter');
  await loaded;
}

test.each([
  [1280, true],
  [390, false],
])(
  'at %i pixels a file is brought, matched, saved and undone, scripts %s',
  { timeout: 60_000 },
  async (width, scripts) => {
    const context = await web.browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled: true,
    });
    const expiresAt = MACHINE_NOW + 60_000;
    const session = sealSession({ userId: 'U1', name: 'Ada', expiresAt }, SECRETS);
    await context.addCookies([{ name: 'icb', value: session, url: web.base }]);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()));
    // The narrow walk goes without our scripts: everything is a form.
    if (!scripts)
      await page.route('**/assets/*.js', (route) =>
        route.fulfill({ body: '', contentType: 'text/javascript' }),
      );

    await page.goto(`${web.base}/dashboard`);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Usage' }).click();
    // Until then the page before may still be there, or this one without its styles.
    await page.waitForURL('**/dashboard/usage');
    await look(page, 'usage', width);
    const csv = FILE.replace('Agents', 'Seen');
    const file = { name: `huntress-${width}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.getByLabel(/CSV file/).setInputFiles(file);
    await page.getByRole('button', { name: 'Read the file' }).click();
    await page.getByRole('heading', { name: file.name }).waitFor();

    if (width === 1280) {
      await page.getByLabel('Seen', { exact: true }).selectOption({ label: 'Organization: id' });
      await updatePreview(page);
      await look(page, 'usage-file-other', width);
      await page.getByLabel('Seen', { exact: true }).selectOption({ label: 'Installed agents' });
      await updatePreview(page);
    }
    const changes = page.getByRole('region', { name: 'Lines of the plan' });
    await changes.getByText('20 → 21').waitFor();
    await look(page, 'usage-file', width);
    await page.getByRole('button', { name: 'Save 5 counts' }).click();
    await page.getByText('5 counts of Huntress taken in').waitFor();
    await look(page, 'usage-saved', width);
    await page
      .getByRole('button', { name: `Undo ${file.name}` })
      .first()
      .click();
    await page.getByText('undone by Ada').first().waitFor();

    await page
      .getByLabel(/CSV file/)
      .setInputFiles({ ...file, buffer: Buffer.from(csv.replace('21', '2.5')) });
    await page.getByRole('button', { name: 'Read the file' }).click();
    await page.getByRole('heading', { name: 'Wrong rows' }).waitFor();
    await look(page, 'usage-wrong', width);

    await page.goto(`${web.base}/dashboard/modules`);
    await look(page, 'modules', width);
    await page.goto(`${web.base}/dashboard/modules/huntress`);
    await look(page, 'module', width);
    expect(errors).toEqual([]);
    await context.close();
  },
);
