import { mkdir } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';

/**
 * What is wrong with a page as it stands: axe's findings, and scrolling sideways. Waits until the page is
 * there with its styles and nothing moves: a page that is still on its way is nobody's fault.
 */
export async function pageFaults(page: Page): Promise<string[]> {
  await page.waitForLoadState();
  await settled(page);
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  // Legacy mode looks at this page alone: a second one may end a single-process Chromium.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return [
    ...(over > 0 ? [`scrolls sideways by ${over} px`] : []),
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
  ];
}

/** Animations that end have ended. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map((each) => each.finished));
  });
}

const SHOTS = process.env.SHOTS;

/** A screenshot for eyes, where `SHOTS` names a folder: of the whole page, unless options are given. */
export async function shoot(
  page: Page | Locator,
  name: string,
  options: Parameters<Page['screenshot']>[0] = { fullPage: true },
): Promise<void> {
  if (!SHOTS) return;
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ ...options, path: `${SHOTS}/${name}.png` });
}
