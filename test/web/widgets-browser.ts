import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { sealSession } from '../../src/auth/session.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import { createPicture } from '../../src/render/create-picture.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { pageFaults, shoot } from '../support/page-faults.ts';
import { openWeb } from './browser-web.ts';
import { MACHINE_NOW, SECRETS } from './sample-web.ts';
import { importSampleBook, putItems, RMM, sampleCore, sampleItem } from './sample-world.ts';

/** A few months of items, drawn by the real renderer, in a real browser; a widget titled `failing` cannot be drawn. */
export async function openWidgets({ failing }: { readonly failing?: string } = {}): Promise<{
  readonly core: Core;
  readonly base: string;
  open(path: string, look?: Look): Promise<Opened>;
  close(): Promise<void>;
}> {
  const core = await sampleCore();
  const picture = createPicture({ workers: 1 });
  await importSampleBook(core);
  await enableModule(core, { module: RMM, by: SYSTEM });
  const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'];
  await putItems(core, [
    sampleItem({ id: 'i1', units: 11 }),
    sampleItem({ id: 'i2', organizationId: 'o2', contractId: 'c2', contractServiceId: 'cs2', units: 7 }),
    ...months.map((month, at) => sampleItem({ id: `p${at}`, status: 'posted', month, units: 3 + at })),
    ...months.map((month, at) =>
      sampleItem({ id: `q${at}`, status: 'posted', month, units: 9 - at, organizationId: 'o2' }),
    ),
  ]);
  const web = await openWeb(core, {
    picture: {
      svg: async (spec, words) => {
        if (words.title === failing) throw new Error('this one cannot be drawn');
        return picture.svg(spec, words);
      },
      png: picture.png,
    },
  });
  return {
    core,
    base: web.base,
    open: (path, look) => open(web, path, look),
    async close() {
      await Promise.all([web.close(), picture.close()]);
    },
  };
}

export interface Look {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly js?: boolean;
  readonly user?: string;
}

export interface Opened {
  readonly page: Page;
  /** Everything the browser complained of. */
  readonly faults: string[];
  close(): Promise<void>;
}

async function open(
  web: Awaited<ReturnType<typeof openWeb>>,
  path: string,
  { width = 1280, scheme = 'light', js = true, user = 'U1' }: Look = {},
): Promise<Opened> {
  const context = await web.browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    javaScriptEnabled: js,
  });
  const session = sealSession(
    { userId: user, name: user === 'U1' ? 'Ada' : 'Ben', expiresAt: MACHINE_NOW + 60_000 },
    SECRETS,
  );
  await context.addCookies([{ name: 'icb', value: session, url: web.base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(web.base + path);
  return { page, faults, close: () => context.close() };
}

/** The page has no accessibility fault and does not scroll sideways. */
export async function look(page: Page, name: string): Promise<void> {
  const faults = await pageFaults(page);
  await shoot(page, name);
  expect(faults, name).toEqual([]);
}
