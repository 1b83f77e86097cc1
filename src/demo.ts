import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { compose, type Icb } from './compose.ts';
import { readConfig } from './config.ts';
import { fillDemo } from './demo/fill-demo.ts';
import { SampleSite } from './demo/sample-site.ts';
import { welcome } from './demo/welcome.ts';
import type { Actor } from './domain/actor.ts';
import { isIcbError } from './domain/errors.ts';
import { listen } from './serve.ts';
import { demoAccount } from './simulators/datto-rmm/demo-account.ts';
import { startDattoRmmSimulator } from './simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { startSlackSimulator } from './simulators/slack/start-slack-simulator.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { importBook } from './usecases/import-book.ts';

const ALEX = { userId: 'U0ADMIN', name: 'Alex Admin' };
const BY: Actor = { kind: 'slack', ...ALEX };
const SEED = 1;
/** One folder per port, so that a second demo does not wipe the first one's. */
const demoDir = (port: number): string => (port === 3000 ? 'data/demo' : `data/demo-${port}`);

const sample = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../data/sample/${name}`, import.meta.url), 'utf8'));

/** The first free port from `wanted` on. */
async function firstFree<T>(wanted: number, start: (port: number) => Promise<T>): Promise<T> {
  for (let port = wanted; port < wanted + 20; port++) {
    try {
      return await start(port);
    } catch (error) {
      const taken = isIcbError(error)
        ? error.code === 'config'
        : (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken) throw error;
    }
  }
  return start(0);
}

/** Stand-ins for what a live icb connects to, unless the environment names the real thing. */
async function startStandIns(env: NodeJS.ProcessEnv, icbPort: number, sites: readonly SampleSite[]) {
  const slack = env.SLACK_BOT_TOKEN
    ? undefined
    : await firstFree(icbPort + 1, (port) =>
        startSlackSimulator({
          port,
          requestUrl: `http://127.0.0.1:${icbPort}/slack/events`,
          shouldEscape: true,
        }),
      );
  const dattoRmm = env.DATTO_RMM_API_URL
    ? undefined
    : await firstFree(icbPort + 2, (port) =>
        startDattoRmmSimulator({ port, seed: SEED, account: demoAccount(sites, SEED, 'Northwind IT') }),
      );
  return {
    slack,
    dattoRmm,
    env: {
      ...(slack && {
        SLACK_BOT_TOKEN: 'xoxb-demo',
        SLACK_SIGNING_SECRET: 'demo-signing-secret',
        SLACK_API_URL: slack.apiUrl,
        SLACK_CHANNEL: 'C0BILLING',
        SLACK_ADMINS: ALEX.userId,
      }),
      ...(dattoRmm && {
        DATTO_RMM_API_URL: dattoRmm.url,
        DATTO_RMM_API_KEY: dattoRmm.apiKey,
        DATTO_RMM_API_SECRET: dattoRmm.apiSecret,
      }),
    },
    close: async () => {
      await slack?.close();
      await dattoRmm?.close();
    },
  };
}

/** The demo starts afresh each time; a folder of one's own is kept and filled only while empty. */
async function prepareData(icb: Icb, filled: boolean, sites: readonly SampleSite[]): Promise<void> {
  const organizations = await (await icb.core.store.snapshot()).list('organizations');
  if (organizations.length > 0) return;
  await importBook(icb.core, { by: BY, book: await sample('msp.json') });
  if (filled) await fillDemo(icb.core, { by: BY, sites, seed: SEED });
}

async function demo(): Promise<void> {
  const { values } = parseArgs({ options: { filled: { type: 'boolean', default: false } } });
  const { env } = process;
  const sites = z.array(SampleSite).parse(await sample('datto-rmm.json'));
  let answer: Icb['fetch'] = () => new Response('icb is starting', { status: 503 });
  const host = env.HOST ?? '127.0.0.1';
  const wanted = Number(env.PORT ?? 3000);
  const server = await (env.PORT
    ? listen((request) => answer(request), { port: wanted, host })
    : firstFree(wanted, (port) => listen((request) => answer(request), { port, host })));
  if (!env.ICB_DATA_DIR) await rm(demoDir(server.port), { recursive: true, force: true });
  const standIns = await startStandIns(env, server.port, sites);
  const config = readConfig({
    ICB_BASE_URL: `http://localhost:${server.port}`,
    ICB_DATA_DIR: demoDir(server.port),
    ICB_SECRET: randomBytes(24).toString('base64url'),
    ICB_API_TOKEN: `demo-${randomBytes(12).toString('base64url')}`,
    ICB_LOG_LEVEL: 'warn',
    HOST: host,
    ...standIns.env,
    ...env,
    PORT: String(server.port),
  });
  const icb = await compose(config, { purpose: 'icb demo' });
  await prepareData(icb, values.filled, sites);
  answer = icb.fetch;
  await icb.start();
  console.log(
    welcome({
      filled: values.filled,
      dashboard: await icb.signIn(ALEX),
      slack: standIns.slack?.url,
      dattoRmm: standIns.dattoRmm && `${standIns.dattoRmm.url}/_sim/`,
      baseUrl: config.baseUrl,
      apiToken: config.apiToken,
      dataDir: config.dataDir,
    }),
  );
  stopOnSignal(async () => {
    await server.close();
    await icb.stop();
    await standIns.close();
  });
}

try {
  await demo();
} catch (error) {
  if (!isIcbError(error)) throw error;
  console.error([error.message, ...error.details.map((detail) => `  ${detail}`)].join('\n'));
  process.exit(1);
}
