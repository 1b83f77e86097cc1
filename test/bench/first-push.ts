import { mkdir } from 'node:fs/promises';
import { autotaskPsa } from '../../src/adapters/psa-autotask/autotask-psa.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import { dateIn } from '../../src/domain/calendar.ts';
import { finalUnits } from '../../src/domain/unit-ledger.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { startAutotaskSimulator } from '../../src/simulators/autotask/start-autotask-simulator.ts';
import { addModule } from '../../src/usecases/added-modules.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { recoverRuns } from '../../src/usecases/recover-runs.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { nightOf } from './autotask.ts';
import {
  benchBook,
  CONTRACT_SERVICES,
  contractOf,
  ORGANIZATIONS,
  organizationOf,
  serviceOf,
} from './autotask-book.ts';
import { readsAndWrites } from './autotask-stand-ins.ts';
import { benchCore } from './bench-core.ts';
import type { BenchRow } from './bench-row.ts';

const HOUR_MS = 60 * 60_000;
/** As many calls as Autotask takes in an hour, from all integrations of an MSP. */
const LIMIT = 10_000;
/** Of them, others' calls: what is left makes the push go on for hours. */
const OTHERS = 6_500;
/** A call takes so long, three go at once. */
const CALL_MS = 50;
const STOP_AFTER = CONTRACT_SERVICES / 3;
const TYPES = 7;

/** Time that goes on only where something waits or is asked, the same for icb and Autotask. */
class ScaledClock implements Clock {
  ms = Date.parse('2026-11-10T01:00:00Z');
  readonly timeZone = 'UTC';
  readonly now = () => Temporal.Instant.fromEpochMilliseconds(Math.round(this.ms));
  readonly today = () => dateIn(this.now(), this.timeZone);
  readonly wait = async (ms: number) => {
    const until = this.ms + ms;
    // Others that wait at the same time have their turn.
    await new Promise((resolve) => setImmediate(resolve));
    this.ms = Math.max(this.ms, until);
  };
}

/** The units a line is to have in the end. */
const wanted = (n: number): number => held(n) + 1 + (n % 5);
/** Units in Autotask before any mapping. */
const held = (n: number): number => 1 + (n % 30);

/** Contracts of one organization are fed by modules of their own, so that none shares a count. */
const MODULES = ['Bench one', 'Bench two'] as const;
const moduleOf = (contract: number): number => (contract < ORGANIZATIONS - 1 ? 0 : 1);
const LINES = Array.from({ length: CONTRACT_SERVICES }, (_, n) => {
  const contract = contractOf(n);
  return { n, contract, module: moduleOf(contract), billingType: `Type ${serviceOf(n)}` };
});

/**
 * The first push of every line: it stays inside what is left of Autotask's hourly calls by going on for hours, is
 * stopped in between and taken up from the store on disk by an icb that was started anew.
 */
export async function firstPushRow(dir: string): Promise<BenchRow> {
  await mkdir(dir, { recursive: true });
  const clock = new ScaledClock();
  const now = () => clock.ms;
  const autotask = await startAutotaskSimulator({
    book: benchBook(2026, held),
    now,
    threshold: LIMIT - OTHERS,
    sleep: clock.wait,
  });
  const fetchOf: typeof fetch = (...request) => {
    clock.ms += CALL_MS;
    return fetch(...request);
  };
  const { user: username, secret, integrationCode, apiUrl } = autotask;
  const started = () =>
    benchCore(dir, {
      psa: autotaskPsa(
        { username, secret, integrationCode, apiUrl },
        { currency: 'USD' },
        { now, delay: clock.wait, fetch: fetchOf },
      ),
      sources: new Map(),
      clock,
      wait: clock.wait,
    });
  try {
    const before = await started();
    await mapEverything(before.core);
    autotask.requests.length = 0;
    const beganAt = clock.ms;
    const wholeRun = startSync(before.core, { trigger: 'night', by: SYSTEM });
    while (autotask.adjustments.length < STOP_AFTER) await new Promise((resolve) => setTimeout(resolve, 5));
    await before.close();
    await (await wholeRun).finished;
    const stoppedAt = autotask.adjustments.length;

    const after = await started();
    await recoverRuns(after.core);
    await after.core.syncQueue.idle();
    const calls = autotask.requests.map(({ at }) => at);
    const { reads, writes } = readsAndWrites(autotask.requests);
    const hours = (clock.ms - beganAt) / HOUR_MS;
    const lost = await differing(after.core, autotask);

    clock.ms += 24 * HOUR_MS;
    await feed(after.core);
    autotask.requests.length = 0;
    await nightOf(after.core);
    const night = readsAndWrites(autotask.requests);
    await after.close();
    const total = reads + writes;
    return {
      name: 'autotask.first-push',
      ours: total,
      peers: { minimum: CONTRACT_SERVICES },
      ratio: total / CONTRACT_SERVICES,
      unit: 'calls',
      note: [
        `${Math.round((1_000 * total) / CONTRACT_SERVICES)} Autotask calls per 1,000 lines: ${writes} writes of ${CONTRACT_SERVICES} lines, ${reads} reads, the run's own readings included`,
        `over ${hours.toFixed(1)} h of a scaled clock, at most ${mostInAnHour(calls)} in any hour of ${LIMIT - OTHERS} that others leave`,
        `stopped after ${stoppedAt} and started anew: ${lost} lines lost or pushed twice`,
        `the night after: ${night.writes} writes, ${night.reads} reads`,
      ].join('; '),
    };
  } finally {
    await autotask.close();
  }
}

async function mapEverything(core: Core): Promise<void> {
  const types = Array.from({ length: TYPES }, (_, type) => ({
    name: `Type ${type}`,
    unit: 'count' as const,
  }));
  const modules: string[] = [];
  for (const name of MODULES) {
    const { id } = await addModule(core, { by: SYSTEM, module: { name, billingTypes: types } });
    modules.push(id);
  }
  await feed(core);
  for (const module of modules) await enableModule(core, { module, by: SYSTEM });
  await nightOf(core);
  const mapped = new Map(
    LINES.map(({ module, contract }) => {
      const organization = organizationOf(contract);
      const id = `${modules[module]}:site-${organization}`;
      return [id, { moduleOrganizationId: id, organizationId: String(organization) }];
    }),
  );
  await confirmMappings(core, { by: SYSTEM, mappings: [...mapped.values()] });
  await mapBillingTypes(core, {
    by: SYSTEM,
    mappings: LINES.map(({ n, contract, module, billingType }) => ({
      contractId: String(10_000 + contract),
      module: modules[module] ?? '',
      billingType,
      contractServiceId: String(100_000 + n),
    })),
  });
}

/** Today's counts of both modules. */
async function feed(core: Core): Promise<void> {
  const date = core.clock.today();
  for (const [module, name] of MODULES.entries()) {
    const items = LINES.filter((line) => line.module === module).map(({ n, contract, billingType }) => ({
      date,
      moduleOrganization: {
        externalId: `site-${organizationOf(contract)}`,
        name: `Company ${organizationOf(contract)}`,
      },
      billingType,
      quantity: wanted(n),
    }));
    await importUsage(core, { by: SYSTEM, usage: { module: name, items } });
  }
}

/** Lines whose units are not what the counts call for, in icb or in Autotask, or that took more than one adjustment. */
async function differing(
  core: Core,
  { adjustments }: Awaited<ReturnType<typeof startAutotaskSimulator>>,
): Promise<number> {
  const ledgers = Map.groupBy(
    await (await core.store.snapshot()).list('unitLedgers'),
    ({ contractServiceId }) => contractServiceId as string,
  );
  const pushed = Map.groupBy(adjustments, ({ contractServiceId }) => String(contractServiceId));
  return LINES.filter(({ n }) => {
    const id = String(100_000 + n);
    const own = (ledgers.get(id) ?? []).reduce((sum, { changes }) => sum + finalUnits(changes), 0);
    const [only, ...others] = pushed.get(id) ?? [];
    return own !== wanted(n) || others.length > 0 || only?.unitChange !== wanted(n) - held(n);
  }).length;
}

function mostInAnHour(at: readonly number[]): number {
  const ascending = at.toSorted((a, b) => a - b);
  let most = 0;
  let oldest = 0;
  for (const [index, moment] of ascending.entries()) {
    while ((ascending[oldest] ?? 0) <= moment - HOUR_MS) oldest += 1;
    most = Math.max(most, index - oldest + 1);
  }
  return most;
}
