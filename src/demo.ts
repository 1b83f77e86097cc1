import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { compose, type Icb } from './compose.ts';
import { readConfig } from './config.ts';
import { giveDemoRoles } from './demo/demo-people.ts';
import { fillDemo } from './demo/fill-demo.ts';
import { SampleSite } from './demo/sample-site.ts';
import { firstFree, startStandIns } from './demo/stand-ins.ts';
import { welcome } from './demo/welcome.ts';
import type { Actor } from './domain/actor.ts';
import { IcbError, isIcbError } from './domain/errors.ts';
import { listen } from './serve.ts';
import type { MspFile } from './simulators/autotask/sim-book-of.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { importBook } from './usecases/import-book.ts';
import { officeSettings } from './usecases/office-settings.ts';

const ALEX = { userId: 'U0ADMIN', name: 'Alex Admin' };
const BY: Actor = { kind: 'slack', ...ALEX };
const SEED = 1;
/** One folder per port, so that a second demo does not wipe the first one's. */
const demoDir = (port: number): string => (port === 3000 ? 'data/demo' : `data/demo-${port}`);

const sample = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../data/sample/${name}`, import.meta.url), 'utf8'));

/** The demo starts afresh each time; a folder of one's own is kept and filled only while empty. */
async function prepareData(icb: Icb, filled: boolean, sites: readonly SampleSite[]): Promise<void> {
  const organizations = await (await icb.core.store.snapshot()).list('organizations');
  // A PSA elsewhere is read with the first sync.
  if (organizations.length > 0 || icb.core.psa.remote) return;
  await importBook(icb.core, { by: BY, book: await sample('msp.json') });
  if (filled) await fillDemo(icb.core, { by: BY, sites, seed: SEED });
}

async function demo(): Promise<void> {
  const { values } = parseArgs({
    options: { filled: { type: 'boolean', default: false }, psa: { type: 'string' } },
  });
  const env: NodeJS.ProcessEnv = { ...process.env, ...(values.psa && { ICB_PSA: values.psa }) };
  if (values.filled && env.ICB_PSA === 'autotask')
    throw new IcbError(
      'config',
      'The filled demo posts its history itself, which Autotask lets only people do: leave --filled or --psa out.',
    );
  const sites = z.array(SampleSite).parse(await sample('datto-rmm.json'));
  let answer: Icb['fetch'] = () => new Response('icb is starting', { status: 503 });
  const host = env.HOST ?? '127.0.0.1';
  const wanted = Number(env.PORT ?? 3000);
  const server = await (env.PORT
    ? listen((request) => answer(request), { port: wanted, host })
    : firstFree(wanted, (port) => listen((request) => answer(request), { port, host })));
  if (!env.ICB_DATA_DIR) await rm(demoDir(server.port), { recursive: true, force: true });
  const standIns = await startStandIns(env, server.port, {
    sites,
    msp: (await sample('msp.json')) as MspFile,
    seed: SEED,
    adminId: ALEX.userId,
  });
  const config = readConfig({
    ICB_BASE_URL: `http://localhost:${server.port}`,
    ICB_DATA_DIR: demoDir(server.port),
    ICB_SECRET: randomBytes(24).toString('base64url'),
    ICB_API_TOKEN: `demo-${randomBytes(12).toString('base64url')}`,
    ICB_LOG_LEVEL: 'warn',
    ICB_METRICS: 'open',
    HOST: host,
    ...standIns.env,
    ...env,
    PORT: String(server.port),
  });
  const icb = await compose(config, { purpose: 'icb demo' });
  await prepareData(icb, values.filled, sites);
  // Only where nobody has given roles: a folder of one's own keeps its.
  if (standIns.slack && (await officeSettings(icb.core)).revision === 0) await giveDemoRoles(icb.core, BY);
  answer = icb.fetch;
  await icb.start();
  console.log(
    welcome({
      filled: values.filled,
      dashboard: await icb.signIn(ALEX),
      slack: standIns.slack?.url,
      dattoRmm: standIns.dattoRmm && `${standIns.dattoRmm.url}/_sim/`,
      autotask: standIns.autotask && `${standIns.autotask.url}/`,
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
