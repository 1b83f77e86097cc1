import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, type Icb } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { listen } from '../../src/serve.ts';
import { startDattoRmmSimulator } from '../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { signHeaders } from '../../src/simulators/slack/sign.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { BOOK } from '../usecases/office.ts';
import { freePort } from './live-process.ts';
import { startQuietSlack } from './quiet-slack.ts';

/** Every secret of its settings: none of them may be seen anywhere. */
export const SECRETS = {
  ICB_SECRET: 'secret-of-sessions-0123456789',
  ICB_API_TOKEN: 'secret-of-the-api-0123456789',
  ICB_METRICS_TOKEN: 'secret-of-metrics-0123456789',
  SLACK_BOT_TOKEN: 'xoxb-secret-of-the-bot',
  SLACK_SIGNING_SECRET: 'secret-of-signatures',
  DATTO_RMM_API_KEY: 'secret-key-of-rmm',
  DATTO_RMM_API_SECRET: 'secret-secret-of-rmm',
};

export interface OwnIcb {
  readonly icb: Icb;
  readonly url: string;
  readonly log: string[];
  night(): Promise<void>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** A signed request to Slack's door. */
  slack(fields: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

const BY = { kind: 'slack', userId: 'U1', name: 'Ada Lovelace' } as const;

/**
 * icb as `npm start` composes it, on a real port, with one customer counted by a simulator and mapped; its log is kept.
 * @param isNew its data folder is to be filled first
 */
export async function ownIcb(more: NodeJS.ProcessEnv = {}, isNew = true): Promise<OwnIcb> {
  const dir = await mkdtemp(join(tmpdir(), 'icb-own-'));
  const slack = await startQuietSlack();
  const sites = [
    { uid: 'site-1', name: 'Daily Mail', devices: [{ hostname: 'PC-OF-GRACE', category: 'Desktop' }] },
    { uid: 'site-2', name: 'Somebody Else', devices: [] },
  ];
  const rmm = await startDattoRmmSimulator({
    apiKey: SECRETS.DATTO_RMM_API_KEY,
    apiSecret: SECRETS.DATTO_RMM_API_SECRET,
    account: { name: 'Northwind IT', sites },
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  const config = readConfig({
    ...SECRETS,
    ICB_DATA_DIR: dir,
    ICB_BASE_URL: url,
    ICB_TIMEZONE: 'UTC',
    ICB_CLOCK: '2026-11-10T08:00:00Z',
    ICB_LOG_LEVEL: 'trace',
    SLACK_CHANNEL: 'C1',
    SLACK_ADMINS: 'U1',
    SLACK_API_URL: slack.url,
    DATTO_RMM_API_URL: rmm.url,
    ...more,
  });
  const icb = await compose(config, { writeLog: (line) => void log.push(line) });
  const { core } = icb;
  const sync = async () =>
    (await (await startSync(core, { trigger: 'night', by: { kind: 'system', name: 'icb' } })).finished).state;
  if (isNew) await setUp(core, sync);
  const server = await listen(icb.fetch, { port, host: '127.0.0.1' });
  await icb.start();
  return {
    icb,
    url,
    log,
    night: async () => void (await sync()),
    get: (path, headers = { authorization: `Bearer ${SECRETS.ICB_API_TOKEN}` }) =>
      fetch(`${url}${path}`, { headers, redirect: 'manual' }),
    slack(fields) {
      const body = new URLSearchParams(fields).toString();
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        ...signHeaders(SECRETS.SLACK_SIGNING_SECRET, body, Date.now()),
      };
      return fetch(`${url}/slack/events`, { method: 'POST', headers, body });
    },
    async close() {
      await icb.stop();
      await server.close();
      await Promise.all([rmm.close(), slack.close()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function setUp(core: Core, sync: () => Promise<unknown>): Promise<void> {
  await importBook(core, { by: BY, book: BOOK });
  await enableModule(core, { by: BY, module: 'datto-rmm' });
  await sync();
  await confirmMappings(core, {
    by: BY,
    mappings: [{ moduleOrganizationId: 'datto-rmm:site-1', organizationId: '1' }],
  });
  const mapping = { contractId: 'c1', module: 'datto-rmm', contractServiceId: 's1', from: 'period-start' };
  await mapBillingTypes(core, {
    by: BY,
    mappings: [{ ...mapping, billingType: 'AllDevicesMetric' } as never],
  });
}
