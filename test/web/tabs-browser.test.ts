import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { saveTab } from '../../src/usecases/tabs.ts';
import { look, openWidgets } from './widgets-browser.ts';

let web: Awaited<ReturnType<typeof openWidgets>>;
beforeAll(async () => {
  web = await openWidgets();
}, 60_000);
afterAll(() => web?.close());

const tab = async (id: string) => (await web.core.store.snapshot()).get('tabs', id);
const THREE = ['pending-by-module', 'posted-by-module', 'library-module-share'];

describe('a tab', () => {
  test('is made with the keyboard alone: named, filled from the library, arranged, narrowed, published', async () => {
    const { page, faults, close } = await web.open('/dashboard/tabs/new');
    await page.getByText('No widget on this tab yet').waitFor();
    await page.getByLabel('Name').focus();
    await page.keyboard.type('Board');
    await page.getByLabel('Group', { exact: true }).focus();
    await page.keyboard.type('Management');
    const pick = page.getByLabel('Add a widget');
    for (const id of ['pending-by-module', 'library-module-share', 'library-pending-count']) {
      await pick.selectOption(id);
      await page.getByRole('button', { name: 'Add', exact: true }).press('Enter');
      await page.locator(`.tile input[value="${id}"]`).waitFor({ state: 'attached' });
    }
    await page.getByText('3 of 24').waitFor();
    await page.getByRole('button', { name: 'Move earlier: Share of each module' }).press('Enter');
    await page
      .locator('[data-moved]', { hasText: 'Share of each module: place 1 of 3' })
      .waitFor({ state: 'attached' });
    // At the first place the other button is where the keyboard goes on.
    await page.keyboard.press('Enter');
    await page.locator('[data-moved]', { hasText: 'place 2 of 3' }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Take off: Pending by module' }).press('Enter');
    await page.getByText('2 of 24').waitFor();
    await page.getByLabel('Size of Share of each module').selectOption('row');
    await page.getByLabel('Field of condition 1').selectOption('organization');
    await page.getByLabel('Value of condition 1').fill('Acme');
    await page.getByRole('checkbox', { name: 'approver' }).check();
    await page.getByRole('button', { name: 'Make the tab' }).press('Enter');
    await page.locator('#widget-library-module-share.full').waitFor();
    await page.locator('.tab-group', { hasText: 'Management' }).waitFor();
    const [made] = await (await web.core.store.snapshot()).list('tabs');
    expect(made).toMatchObject({
      name: 'Board',
      group: 'Management',
      widgets: ['library-module-share', 'library-pending-count'],
      sizes: { 'library-module-share': 'row' },
      filters: { organization: ['o2'] },
      publishedTo: ['viewer', 'approver'],
    });
    expect(faults).toEqual([]);
    await close();
  });

  test('widgets are dragged to their place', async () => {
    await saveTab(web.core, SYSTEM, { id: 'drag', name: 'Drag', widgets: THREE });
    const { page, close } = await web.open('/dashboard/tabs/drag/edit');
    const grips = page.locator('[data-grip]');
    const from = await grips.nth(2).boundingBox();
    const to = await page.locator('.tile').first().boundingBox();
    if (!from || !to) throw new Error('nothing to drag');
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 60, to.y + 60, { steps: 8 });
    await page.mouse.up();
    await page
      .locator('[data-moved]', { hasText: 'Share of each module: place 1 of 3' })
      .waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/tab=drag/);
    expect((await tab('drag'))?.widgets).toEqual([
      'library-module-share',
      'pending-by-module',
      'posted-by-module',
    ]);
    expect(await page.locator('.widget h2').allInnerTexts()).toEqual([
      'Share of each module',
      'Pending by module',
      'Posted by module',
    ]);
    await close();
  });

  test('a change is taken back, a second editor is told, a deletion is undone, a copy stands alone', async () => {
    await saveTab(web.core, SYSTEM, { id: 'two', name: 'Two', widgets: THREE });
    const first = await web.open('/dashboard/tabs/two/edit');
    const second = await web.open('/dashboard/tabs/two/edit', { user: 'U-operator' });
    await second.page.getByLabel('Name').fill('Theirs');
    await second.page.getByRole('button', { name: 'Save' }).click();
    await second.page.waitForURL(/tab=two/);
    await first.page.getByLabel('Name').fill('Mine');
    await first.page.getByRole('button', { name: 'Save' }).click();
    await first.page.getByText('Ben changed the tab "Theirs" meanwhile').waitFor();
    expect((await tab('two'))?.name).toBe('Theirs');
    await first.page.goto(`${web.base}/dashboard/tabs/two/edit`);
    await first.page.getByRole('button', { name: 'Undo the last change' }).click();
    await first.page.getByText('The last change was taken back').waitFor();
    expect((await tab('two'))?.name).toBe('Two');
    await first.page.getByRole('button', { name: 'Delete this tab' }).click();
    await first.page.getByText('was deleted').waitFor();
    expect(await tab('two')).toBeUndefined();
    await first.page.getByRole('button', { name: 'Undo' }).click();
    await first.page.waitForURL(/tab=two/);
    expect((await tab('two'))?.widgets).toEqual(THREE);
    await first.page.goto(`${web.base}/dashboard/widgets`);
    await first.page.getByRole('button', { name: 'Copy tab ICB' }).click();
    await first.page.getByText('This is the copy').waitFor();
    await first.close();
    await second.close();
  });

  test('the limit is said before it is reached, and a full tab takes no more', async () => {
    await saveTab(web.core, SYSTEM, {
      id: 'full',
      name: 'Full',
      widgets: Array(23).fill('pending-by-module'),
    });
    const { page, close } = await web.open('/dashboard/tabs/full/edit');
    await page.getByText('23 of 24: room for 1 more').waitFor();
    await page.getByLabel('Add a widget').selectOption('posted-by-module');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('24 of 24: the tab is full').waitFor();
    expect(await page.getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(true);
    await close();
  });

  test('without scripts widgets are added and moved, and what is wrong is said', async () => {
    const { page, close } = await web.open('/dashboard/tabs/new', { js: false });
    await page.getByLabel('Name').fill('Plain');
    await page.getByRole('button', { name: 'Make the tab' }).click();
    await page.getByText('widgets: at least 1').waitFor();
    for (const id of THREE) {
      await page.getByLabel('Add a widget').selectOption(id);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
    }
    await page.getByRole('button', { name: 'Move later: Pending by module' }).click();
    await page.getByRole('button', { name: 'Make the tab' }).click();
    await page.waitForURL(/tab=/);
    expect(await page.locator('.widget h2').first().innerText()).toBe('Posted by module');
    await close();
  });

  test('viewers see what is published to them and no editor', async () => {
    const { page, close } = await web.open('/dashboard/tabs/drag/edit', { user: 'U-viewer' });
    await page.getByText('This needs the role operator').waitFor();
    await page.goto(`${web.base}/dashboard?tab=drag`);
    expect(await page.getByText('Edit this tab').count()).toBe(0);
    await close();
  });
});

describe.each([1280, 390])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)('axe finds nothing in %s', { timeout: 60_000 }, async (scheme) => {
    for (const [name, path] of [
      ['tab-new', '/dashboard/tabs/new'],
      ['tab-edit', '/dashboard/tabs/drag/edit'],
      ['tab', '/dashboard?tab=drag'],
    ] as const) {
      const { page, faults, close } = await web.open(path, { width, scheme });
      await look(page, `${name}-${width}-${scheme}`);
      expect(faults).toEqual([]);
      await close();
    }
  });
});
