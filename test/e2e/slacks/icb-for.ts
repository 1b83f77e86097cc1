import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { compose } from '../../../src/compose.ts';
import { readConfig } from '../../../src/config.ts';
import { listen } from '../../../src/serve.ts';
import { startDattoRmmSimulator } from '../../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { importBook } from '../../../src/usecases/import-book.ts';
import { DAILY_MAIL } from '../../bot/bot-world.ts';
import { PayloadGuard } from '../../support/payload-guard.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, type SlackSettings } from './scripted-slack.ts';

export interface IcbForSlack {
  readonly url: string;
  /** What leaves for Slack, as Slack answers it: `method` is a Web API method or `ack`. */
  onExchange(listener: (method: string, sent: string, answer: unknown) => void): void;
  close(): Promise<void>;
}

/** The whole of icb as `npm start` composes it, with a Datto RMM of one site, connected to some Slack. */
export async function icbFor(slack: SlackSettings, port: number): Promise<IcbForSlack> {
  const dir = await mkdtemp(join(tmpdir(), 'icb-slacks-'));
  const dattoRmm = await startDattoRmmSimulator({
    apiKey: 'key',
    apiSecret: 'secret',
    account: {
      name: 'Other MSP',
      sites: [
        {
          uid: 'site-1',
          name: 'Daily Mail',
          devices: [
            { hostname: 'PC1', category: 'Desktop' },
            { hostname: 'PC2', category: 'Laptop' },
          ],
        },
      ],
    },
  });
  const listeners: ((method: string, sent: string, answer: unknown) => void)[] = [];
  const heard = (method: string, sent: string, answer: unknown) => {
    for (const listener of listeners) listener(method, sent, answer);
  };
  const guard = new PayloadGuard();
  const real = globalThis.fetch;
  vi.stubGlobal(
    'fetch',
    guard.fetch(async (input, init) => {
      const answer = await real(input, init);
      const method = /\/api\/([a-zA-Z.]+)$/.exec(String(input))?.[1];
      if (method)
        heard(
          method,
          String(init?.body ?? ''),
          await answer
            .clone()
            .json()
            .catch(() => undefined),
        );
      return answer;
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  const icb = await compose(
    readConfig(
      {
        ICB_DATA_DIR: dir,
        ICB_BASE_URL: url,
        ICB_API_TOKEN: 'api-token-for-tests-only',
        ICB_SECRET: 'a-secret-of-more-than-16',
        ICB_TIMEZONE: 'UTC',
        ICB_CLOCK: '2026-11-10T08:00:00Z',
        ICB_LOG_LEVEL: 'silent',
        SLACK_BOT_TOKEN: slack.botToken ?? BOT_TOKEN,
        SLACK_CHANNEL: slack.channel,
        SLACK_ADMINS: slack.admin,
        SLACK_API_URL: slack.apiUrl,
        ...(slack.transport === 'socket'
          ? { SLACK_APP_TOKEN: slack.appToken ?? APP_TOKEN }
          : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
        DATTO_RMM_API_URL: dattoRmm.url,
        DATTO_RMM_API_KEY: 'key',
        DATTO_RMM_API_SECRET: 'secret',
      },
      { live: true },
    ),
  );
  await importBook(icb.core, { by: { kind: 'cli', name: 'test' }, book: DAILY_MAIL });
  const server = await listen(
    async (request) => {
      const answer = await icb.fetch(request);
      if (!request.url.endsWith('/slack/events') || !answer.headers.get('content-type')?.includes('json'))
        return answer;
      const body: unknown = await answer.clone().json();
      guard.answer(body);
      return answer;
    },
    { port, host: '127.0.0.1' },
  );
  await icb.start();
  return {
    url,
    onExchange: (listener) => void listeners.push(listener),
    async close() {
      await icb.stop();
      await server.close();
      await dattoRmm.close();
      vi.unstubAllGlobals();
      await rm(dir, { recursive: true, force: true });
      if (guard.checked === 0) throw new Error('The payload guard saw nothing.');
      guard.assertClean();
    },
  };
}
