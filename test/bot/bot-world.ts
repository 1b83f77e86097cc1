import { createServer, type Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { type Bot, type BotDeps, createBot } from '../../bot/app.ts';
import { FOLLOWED_AFTER_MS } from '../../bot/listeners/commands/follow-sync.ts';
import { localPsa } from '../../src/adapters/psa-local/local-psa.ts';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import { dateIn } from '../../src/domain/calendar.ts';
import type { IcbError } from '../../src/domain/errors.ts';
import { ModuleId } from '../../src/domain/ids.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import type { SourceCount, SourceOrganization, UsageSource } from '../../src/ports/usage-source.ts';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../src/simulators/slack/start-slack-simulator.ts';
import type { Core } from '../../src/usecases/core.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';
import { PayloadGuard } from '../support/payload-guard.ts';

export const ADMIN = 'U0ADMIN';
export const OTHER_ADMIN = 'U0BOSS';
export const VIEWER = 'U0VIEW';
export const CHANNEL = 'C0BILLING';
/** Another company sees it too. */
export const PARTNERS = 'C0PARTNERS';

const USERS = [
  { id: ADMIN, name: 'alex', realName: 'Alex Admin' },
  { id: OTHER_ADMIN, name: 'bo', realName: 'Bo Boss' },
  { id: VIEWER, name: 'vera', realName: 'Vera Viewer' },
];

export interface BotWorld {
  readonly slack: SlackSimulator;
  readonly bot: Bot;
  readonly core: Core;
  /** What people asked and were not answered yet. */
  readonly notes: TenantStore;
  readonly source: FakeSource;
  /** Every payload that leaves is checked by it; `close` throws what it found. */
  readonly guard: PayloadGuard;
  /** What was logged as warning or error. */
  readonly logged: { readonly facts: object; readonly message: string }[];
  /** It is the morning of 10 November 2026 until then. */
  nextDay(): void;
  close(): Promise<void>;
}

/** A Datto RMM that answers what the test says, or fails. */
export interface FakeSource extends UsageSource {
  organizations: SourceOrganization[];
  counts: SourceCount[];
  failure: IcbError | undefined;
}

export interface WorldOptions {
  readonly book?: object;
  readonly organizations?: SourceOrganization[];
  readonly counts?: SourceCount[];
  readonly deps?: Partial<BotDeps>;
  readonly socket?: boolean;
  /** SLACK_ADMINS; ADMIN and OTHER_ADMIN when left out. */
  readonly admins?: readonly string[];
}

/** icb's bot on a store in memory, talking to the simulated Slack over real HTTP. */
export async function startBotWorld(options: WorldOptions = {}): Promise<BotWorld> {
  const slack = await startSlackSimulator({
    users: USERS,
    channels: [
      { id: CHANNEL, name: 'billing' },
      { id: PARTNERS, name: 'partners', isShared: true },
    ],
  });
  const notes = await memoryStore().for('slack');
  const guard = new PayloadGuard();
  const source = fakeSource(options);
  const logged: BotWorld['logged'][number][] = [];
  const keep = (facts: object, message: string) => void logged.push({ facts, message });
  let bot: Bot | undefined;
  let ids = 0;
  const morning = Temporal.Instant.from('2026-11-10T08:00:00Z');
  let asked = 0;
  let days = 0;
  // A clock that never shows the same time twice, so that one run is before another.
  const now = () => morning.add({ hours: 24 * days, milliseconds: ++asked });
  const core: Core = {
    store: await memoryStore().for('default'),
    psa: localPsa(),
    sources: new Map([[source.module, source]]),
    notifier: {
      syncFinished: async (run) => bot?.notifier.syncFinished(run),
      linesDecided: async () => bot?.notifier.linesDecided?.(),
      postRequested: async (request) => bot?.notifier.postRequested?.(request),
    },
    clock: { now, today: () => dateIn(now(), 'Etc/UTC'), timeZone: 'Etc/UTC' },
    newId: (prefix) => `${prefix}_${++ids}`,
    syncQueue: new SyncQueue(),
    log: { info: () => {}, warn: keep, error: keep },
  };
  await importBook(core, { by: { kind: 'cli', name: 'test' }, book: options.book ?? DAILY_MAIL });
  bot = createBot({
    core,
    notes,
    settings: {
      botToken: 'xoxb-demo',
      signingSecret: 'demo-signing-secret',
      channel: CHANNEL,
      admins: options.admins ?? [ADMIN, OTHER_ADMIN],
      baseUrl: 'https://icb.example.com',
      apiUrl: slack.apiUrl,
      ...(options.socket ? { appToken: 'xapp-demo' } : {}),
    },
    signIn: async ({ userId }) => `https://icb.example.com/sign-in?token=for-${userId}`,
    machineNow: () => Date.now(),
    // Nothing here takes so long that anybody is kept up to date on it; whatever else waits lets the rest go on.
    wait: (ms) => (ms === FOLLOWED_AFTER_MS ? new Promise<never>(() => {}) : setImmediate()),
    ...options.deps,
    fetch: guard.fetch(options.deps?.fetch as typeof fetch | undefined),
  });
  await bot.start();
  const running = bot;
  const server = await listen(running, guard);
  if (!options.socket) slack.setRequestUrl(`http://127.0.0.1:${portOf(server)}/slack/events`);
  return {
    slack,
    bot: running,
    core,
    notes,
    source,
    guard,
    logged,
    nextDay: () => {
      days += 1;
    },
    async close() {
      await running.stop();
      server.close();
      server.closeAllConnections();
      await slack.close();
      guard.assertClean();
    },
  };
}

function fakeSource({ organizations, counts }: WorldOptions): FakeSource {
  return {
    module: ModuleId.parse('datto-rmm'),
    organizations: organizations ?? [{ externalId: 'site-1', name: 'Daily Mail' }],
    counts: counts ?? [
      { externalId: 'site-1', billingType: 'AllDevicesMetric', quantity: 14 },
      { externalId: 'site-1', billingType: 'Server', quantity: 2 },
    ],
    failure: undefined,
    async count() {
      if (this.failure) throw this.failure;
      return { organizations: this.organizations, counts: this.counts, devices: [] };
    },
  };
}

export const contractOf = (id: string, organizationId: string) => ({
  id,
  organizationId,
  name: `Managed services ${organizationId}`,
  type: 'recurring-service',
  periodType: 'monthly',
  status: 'active',
  startDate: '2026-01-01',
  endDate: null,
});

export const DAILY_MAIL = {
  organizations: [
    { id: '0', name: 'Our own MSP', type: 'customer', active: true },
    { id: '10', name: 'Daily Mail', type: 'customer', active: true },
    { id: '11', name: 'Evening Post', type: 'customer', active: true },
  ],
  contracts: [contractOf('100', '10'), { ...contractOf('101', '10'), name: 'Yearly', periodType: 'yearly' }],
  contractServices: [
    { id: '1000', contractId: '100', service: 'Desktop Monitoring', unitPrice: '12.50', currency: 'USD' },
    { id: '1001', contractId: '100', service: 'Server Care', unitPrice: '40', currency: 'USD' },
  ],
};

async function listen(bot: Bot, guard: PayloadGuard): Promise<Server> {
  const handle = async (request: Request): Promise<Response> => {
    const answered = await bot.handle(request);
    if (answered.headers.get('content-type')?.includes('json')) guard.answer(await answered.clone().json());
    return answered;
  };
  const server = createServer(getRequestListener(handle));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
