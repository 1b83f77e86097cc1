import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look, openWidgets } from './widgets-browser.ts';

let web: Awaited<ReturnType<typeof openWidgets>>;
beforeAll(async () => {
  web = await openWidgets();
}, 60_000);
afterAll(() => web?.close());

const open: typeof web.open = (path, as) => web.open(path, as);

const settled = (page: Page) =>
  page.waitForFunction(() => document.querySelector('#part-preview')?.getAttribute('aria-busy') === 'false');

describe('the builder', () => {
  test('a choice is drawn at once, what goes with it follows, and the JSON says the same', async () => {
    const { page, faults, close } = await open('/dashboard/widgets/new');
    await page.getByLabel('Title').fill('Modules by month');
    await page.getByLabel('Group by').selectOption('month');
    await page.getByLabel('Break down by').selectOption('status');
    // A bar shows no break-down: the nearest chart that does takes its place.
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Chart', exact: true }).inputValue())
      .toBe('stacked-bar');
    await page.locator('#note-chart', { hasText: 'Changed along' }).waitFor();
    await page.locator('#part-preview .chart:not(.narrow) svg path').first().waitFor();
    await expect
      .poll(() => page.locator('[name="json"]').inputValue())
      .toMatch(/"breakDownBy": "status"[\s\S]*"chart": "stacked-bar"/);
    // Only what goes together: parts of a whole have no average.
    const offered = await page.getByLabel('Summed up as').locator(':scope > option').allInnerTexts();
    expect(offered).toEqual(['Sum', 'Count']);
    expect(faults).toEqual([]);
    await close();
  });

  test('the JSON changes the form, and what is wrong in it is told by line and at the field', async () => {
    const { page, close } = await open('/dashboard/widgets/new');
    await page.getByText('Definition as JSON').first().click();
    const json = page.locator('[name="json"]');
    await json.fill(
      '{\n "title": "T",\n "entity": "posted",\n "measure": {"field": "units"},\n "groupBy": "module",\n "chart": "pie",\n "top": 99\n}',
    );
    await page.getByText('line 7, top: at most 50').waitFor();
    await page.locator('#note-top', { hasText: 'at most 50' }).waitFor();
    await json.fill(
      '{\n "title": "T",\n "entity": "posted",\n "measure": {"field": "units"},\n "groupBy": "module",\n "chart": "pie"\n}',
    );
    await page.locator('#part-preview .chart:not(.narrow) svg').first().waitFor();
    expect(await page.getByRole('combobox', { name: 'Chart', exact: true }).inputValue()).toBe('pie');
    expect(await page.getByLabel('Measure').inputValue()).toBe('units');
    await json.fill('{"mark": "bar", "title": ');
    await page.getByText(/this is not JSON/).waitFor();
    await close();
  });

  test('with the keyboard alone a widget is made, filtered, saved, and its change told and undone', async () => {
    const { page, close } = await open('/dashboard/widgets/new?from=pending-by-module');
    await page.getByLabel('Title').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Keys only');
    await page.getByLabel('Field of condition 1').focus();
    await page.keyboard.type('Org');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Nobody');
    await page.locator('#note-conditions', { hasText: 'no organization is called “Nobody”' }).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('acme');
    await page.locator('#part-preview').getByText('$87.50').first().waitFor();
    await page.getByRole('button', { name: 'Make the widget' }).press('Enter');
    await page.getByText('Made. Put it on a tab').waitFor();
    const stored = await (await web.core.store.snapshot()).get('widgets', 'keys-only');
    expect(stored?.versions.at(-1)?.definition).toMatchObject({ filters: { organization: ['o2'] } });
    await page.getByRole('combobox', { name: 'Chart', exact: true }).selectOption('column');
    await settled(page);
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByText('Chart: bar → column').waitFor();
    await page.getByRole('button', { name: 'Undo the last change' }).press('Enter');
    await page.getByText('The last change was taken back').waitFor();
    await page.getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.getByText('The deletion was taken back').waitFor();
    await close();
  });

  test('the second of two editors is told what the first changed, and overwrites nothing unasked', async () => {
    const first = await open('/dashboard/widgets/new?from=posted-by-module');
    await first.page.getByLabel('Title').fill('Two editors');
    await first.page.getByRole('button', { name: 'Make the widget' }).click();
    await first.page.getByText('Made. Put it on a tab').waitFor();
    const second = await open('/dashboard/widgets/two-editors/edit', { user: 'U-operator' });
    await second.page.getByLabel('Largest groups').fill('5');
    await second.page.getByRole('button', { name: 'Save' }).click();
    await second.page.getByText('Saved.').waitFor();
    await first.page.getByLabel('Title').fill('Mine');
    await first.page.getByRole('button', { name: 'Save' }).click();
    await first.page.getByText('Ben changed this widget while you worked').waitFor();
    await first.page.getByRole('alert').getByText('Largest groups: 12 → 5').waitFor();
    expect(await first.page.getByLabel('Title').inputValue()).toBe('Mine');
    const before = await (await web.core.store.snapshot()).get('widgets', 'two-editors');
    expect(before?.versions.at(-1)?.definition.title).toBe('Two editors');
    await first.page.getByRole('button', { name: 'Save' }).click();
    await first.page.getByText('Saved.').waitFor();
    await first.close();
    await second.close();
  });

  test('without scripts the form previews, adds a condition and saves', async () => {
    const { page, close } = await open('/dashboard/widgets/new', { js: false });
    await page.getByLabel('Title').fill('No scripts');
    await page.getByRole('combobox', { name: 'Chart', exact: true }).selectOption('doughnut');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('#part-preview .chart:not(.narrow) svg').first().waitFor();
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.locator('.condition').nth(1).waitFor();
    expect(await page.locator('.condition').count()).toBe(2);
    expect(await page.getByLabel('Title').inputValue()).toBe('No scripts');
    await page.getByRole('button', { name: 'Make the widget' }).click();
    await page.getByText('Made. Put it on a tab').waitFor();
    await close();
  });

  test('a viewer looks and cannot change', async () => {
    const { page, close } = await open('/dashboard/widgets/two-editors/edit', { user: 'U-viewer' });
    expect(await page.getByLabel('Title').isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    const answer = await page.evaluate(async () => {
      const { status } = await fetch('/dashboard/widgets/two-editors/undo', { method: 'POST' });
      return status;
    });
    expect(answer).toBe(403);
    await close();
  });
});

describe.each([1280, 390])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)('axe finds nothing in %s', { timeout: 60_000 }, async (scheme) => {
    for (const [name, path] of [
      ['library', '/dashboard/widgets'],
      ['builder', '/dashboard/widgets/new?from=posted-by-month'],
      ['builder-edit', '/dashboard/widgets/two-editors/edit'],
    ] as const) {
      const { page, faults, close } = await open(path, { width, scheme });
      await look(page, `${name}-${width}-${scheme}`);
      expect(faults).toEqual([]);
      await close();
    }
  });
});
