import type { Browser } from 'playwright-core';
import { listen } from '../../src/serve.ts';
import type { Core } from '../../src/usecases/core.ts';
import { createWeb } from '../../web/app.ts';
import type { WebDeps } from '../../web/deps.ts';
import { launchBrowser } from '../support/browser.ts';
import { MACHINE_NOW, SECRETS, sampleRoleOf, TOKEN } from './sample-web.ts';

/** The pages of an icb over real HTTP, and a browser to look at them. */
export async function openWeb(
  core: Core,
  deps: Partial<WebDeps> = {},
): Promise<{ readonly base: string; readonly browser: Browser; close(): Promise<void> }> {
  let answer: (request: Request) => Response | Promise<Response> = () => new Response();
  const server = await listen((request) => answer(request), { port: 0, host: '127.0.0.1' });
  const base = `http://127.0.0.1:${server.port}`;
  const settings = { baseUrl: base, secrets: SECRETS, apiToken: TOKEN, timeZone: 'UTC', currency: 'USD' };
  const web = createWeb({
    core,
    picture: { svg: async () => '<svg/>', png: async () => new Uint8Array() },
    settings: { ...settings, locale: 'en-US' },
    roleOf: sampleRoleOf,
    machineNow: () => MACHINE_NOW,
    version: '0.0.0-test',
    ...deps,
  });
  answer = (request) => web.fetch(request);
  const browser = await launchBrowser();
  return {
    base,
    browser,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
