import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { createWidget } from '../../src/usecases/stored-widgets.ts';
import { saveTab } from '../../src/usecases/tabs.ts';
import { BEARER } from './sample-web.ts';
import { look, openWidgets } from './widgets-browser.ts';

let web: Awaited<ReturnType<typeof openWidgets>>;
let embed = '';
const id = { light: '', dark: '' };

const PENDING = { entity: 'pending', measure: { field: 'amount' }, groupBy: 'organization' } as const;

beforeAll(async () => {
  web = await openWidgets();
  for (const theme of ['light', 'dark'] as const) {
    const locale = theme === 'dark' ? 'de-DE' : 'en-US';
    const own = { ...PENDING, title: `Own ${theme}`, chart: 'bar', theme, locale };
    id[theme] = (await createWidget(web.core, SYSTEM, own)).id;
  }
  await saveTab(web.core, SYSTEM, {
    ...{ id: 'looks', name: 'Looks' },
    widgets: [id.light, id.dark, 'pending-by-module'],
  });
  const answer = await fetch(`${web.base}/api/embed-links`, {
    method: 'POST',
    headers: { ...BEARER, 'Content-Type': 'application/json' },
    body: JSON.stringify({ tab: 'looks' }),
  });
  const { pathname, search } = new URL(((await answer.json()) as { url: string }).url);
  embed = pathname + search;
}, 60_000);
afterAll(() => web?.close());

/** Of the section with a heading: its ground, and the colour of the first words in its chart, an axis. */
async function colours(page: Page, heading: string): Promise<{ ground: string; ink: string }> {
  const section = page.locator('section', { has: page.getByRole('heading', { name: heading }) });
  await section.locator('svg text:visible').first().waitFor();
  return section.evaluate((of) => {
    const text = [...of.querySelectorAll('svg text')].find((each) => each.getClientRects().length > 0);
    return {
      ground: getComputedStyle(of).backgroundColor,
      ink: text ? getComputedStyle(text).fill : '',
    };
  });
}

const INK = { light: 'rgb(91, 102, 117)', dark: 'rgb(155, 167, 182)' };

describe.each([
  ['tab', '/dashboard?tab=looks', { light: 'rgb(255, 255, 255)', dark: 'rgb(22, 25, 31)' }],
  ['embed', '', { light: 'rgb(255, 255, 255)', dark: 'rgb(22, 27, 34)' }],
] as const)('a widget that says how it looks, on a %s', (name, path, ground) => {
  test.each(['light', 'dark'] as const)('on a %s display', { timeout: 60_000 }, async (scheme) => {
    const { page, close } = await web.open(path || embed, { scheme });
    for (const theme of ['light', 'dark'] as const)
      expect(await colours(page, `Own ${theme}`)).toEqual({ ground: ground[theme], ink: INK[theme] });
    expect((await colours(page, 'Pending by module')).ink).toBe(INK[scheme]);
    const german = page.locator('section', { has: page.getByRole('heading', { name: 'Own dark' }) });
    expect(await german.textContent()).toContain('225,00\u00a0$');
    expect(await german.textContent()).not.toContain('$225.00');
    await look(page, `own-look-${name}-${scheme}`);
    await close();
  });
});

test('the preview of the builder is as dark', async () => {
  const { page, close } = await web.open(`/dashboard/widgets/${id.dark}/edit`);
  const preview = page.locator('.builder-preview section');
  await preview.locator('svg text:visible').first().waitFor();
  expect(await preview.evaluate((of) => getComputedStyle(of).backgroundColor)).toBe('rgb(22, 25, 31)');
  expect(await preview.textContent()).toContain('225,00\u00a0$');
  await close();
});
