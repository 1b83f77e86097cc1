import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealSession } from '../../src/auth/session.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { pageFaults, shoot } from '../support/page-faults.ts';
import { openWeb } from './browser-web.ts';
import { MACHINE_NOW, SECRETS } from './sample-web.ts';
import { RMM, sampleCore, standInSource } from './sample-world.ts';

let web: Awaited<ReturnType<typeof openWeb>>;
let core: Core;

beforeAll(async () => {
  const source = standInSource();
  const names = ['Borealis Dental', 'Acme', 'Quillstone Veterinary - Warehouse', 'Attic'];
  source.answer = {
    organizations: names.map((name, n) => ({ externalId: `s${n}`, name })),
    counts: [],
    devices: [],
  };
  core = await sampleCore(source);
  const customer = (id: string, name: string) => ({ id, name, type: 'customer', active: true });
  await importBook(core, {
    by: SYSTEM,
    book: {
      organizations: [
        customer('1', 'Borealis Dental Ltd'),
        customer('2', 'Acme Ltd'),
        customer('3', 'ACME Inc'),
        customer('4', 'Quillstone Veterinary Surgery'),
      ],
    },
  });
  await enableModule(core, { module: RMM, by: SYSTEM });
  await (await startSync(core, { trigger: 'web', by: SYSTEM })).finished;
  web = await openWeb(core);
}, 60_000);

afterAll(() => web?.close());

/** The page has no accessibility fault and does not scroll sideways. */
async function look(page: Page, name: string, width: number): Promise<void> {
  expect(await pageFaults(page), `${name} at ${width}`).toEqual([]);
  await shoot(page, `${name}-${width}`);
}

test.each([1280, 390])(
  'at %i pixels one of two that fit equally well is rejected with the keyboard alone, and taken back',
  { timeout: 60_000 },
  async (width) => {
    const context = await web.browser.newContext({ viewport: { width, height: 900 } });
    const session = sealSession({ userId: 'U1', name: 'Ada', expiresAt: MACHINE_NOW + 60_000 }, SECRETS);
    await context.addCookies([{ name: 'icb', value: session, url: web.base }]);
    const page = await context.newPage();
    await page.goto(`${web.base}/dashboard/mappings`);
    await page.getByText('2 could be meant').waitFor();
    await look(page, 'mappings', width);
    const box = page.getByRole('checkbox', { name: 'Not this one: Acme is not ACME Inc' });
    // Tab from the box before it arrives at it: nothing but the keyboard is needed.
    await page.getByRole('checkbox', { name: 'Not this one: Acme is not Acme Ltd' }).focus();
    for (
      let presses = 0;
      presses < 3 && !(await box.evaluate((it) => it === document.activeElement));
      presses++
    )
      await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await box.isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Review mappings' }).waitFor();
    await page.getByText('not ACME Inc').waitFor();
    await look(page, 'mappings-review', width);
    const sure = page.getByRole('group', { name: /^Suggested, sure/ });
    for (const each of await sure.getByRole('checkbox').all()) await each.uncheck();
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByText('Acme (Datto RMM) is not ACME Inc').waitFor();
    const rejected = await (await core.store.snapshot()).list('rejectedPairs');
    expect(rejected).toMatchObject([{ organizationId: '3', by: { name: 'Ada' } }]);
    await page.goto(`${web.base}/dashboard/mappings`);
    await page.getByText('not ACME Inc: Ada').waitFor();
    await page.goto(`${web.base}/dashboard/organizations/2`);
    await page.getByRole('checkbox', { name: 'Not this one: Acme is not Acme Ltd' }).waitFor();
    await look(page, 'organization', width);
    await page.goBack();
    await page.goBack();
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.getByText('ACME Inc may be suggested for Acme (Datto RMM) again').waitFor();
    await context.close();
  },
);
