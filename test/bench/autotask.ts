import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { businessClock } from '../../src/adapters/clock/business-clock.ts';
import { autotaskPsa } from '../../src/adapters/psa-autotask/autotask-psa.ts';
import { dattoRmmSource } from '../../src/adapters/usage/datto-rmm/usage-source.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { CONTRACT_SERVICES, CONTRACTS, ORGANIZATIONS, SERVICES } from './autotask-book.ts';
import { type Addresses, askedOf, DEVICES, LATENCY_MS, STAND_INS } from './autotask-stand-ins.ts';
import { benchCore } from './bench-core.ts';
import type { BenchRow } from './bench-row.ts';
import { firstPushRow } from './first-push.ts';

const pages = (rows: number, page = 500): number => Math.max(1, Math.ceil(rows / page));

/** Autotask’s pages: what icb bills by, then the rows of units of the last months and what was posted. */
const pagesOf = (unitRows: number, postedRows: number) => ({
  companies: pages(ORGANIZATIONS),
  contracts: pages(CONTRACTS),
  services: pages(SERVICES),
  contractServices: pages(CONTRACT_SERVICES),
  units: pages(CONTRACT_SERVICES),
  mirror: pages(unitRows),
  posted: pages(postedRows),
});
const COUNT = pages(ORGANIZATIONS, 250) + pages(DEVICES, 250);

const sum = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((a, b) => a + b, 0);

/**
 * The whole first sync and the whole night after, run by icb on a store on disk with every answer 150 ms late; then the
 * first push of all lines. Each stand-in runs in a process of its own, so that neither waits for the other's work nor for
 * icb's.
 */
export async function autotaskRows(): Promise<BenchRow[]> {
  const vendors = Object.keys(STAND_INS);
  const children = vendors.map((vendor) =>
    fork(new URL('./autotask-stand-ins.ts', import.meta.url), [vendor]),
  );
  const dir = await mkdtemp(join(tmpdir(), 'icb-bench-'));
  try {
    const told = await Promise.all(children.map((child) => once(child, 'message')));
    const addresses = Object.assign({}, ...told.map(([address]) => address)) as Addresses;
    const autotask = children[vendors.indexOf('autotask')];
    return [
      ...(await nightRows(dir, addresses, () => askedOf(autotask))),
      await firstPushRow(join(dir, 'push')),
    ];
  } finally {
    for (const child of children) child.kill();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Requests of one run, by the stand-in's own log and by what icb says of the module. */
interface Night {
  readonly requests: number;
  readonly writes: number;
  readonly seconds: number;
}

/** A first sync and the night after, on a store of its own. */
interface Nights {
  readonly first: Night;
  readonly second: Night;
  readonly postedRows: number;
  readonly unitRows: number;
}

/** So many times; the middle one by time stands. */
const TIMES = 3;

async function nightsIn(
  dir: string,
  addresses: Addresses,
  asked: () => ReturnType<typeof askedOf>,
): Promise<Nights> {
  const source = dattoRmmSource(addresses.dattoRmm);
  const started = () =>
    benchCore(dir, {
      psa: autotaskPsa(addresses.autotask, { currency: 'USD' }),
      sources: new Map([[source.module, source]]),
      clock: businessClock('UTC'),
    });
  // The sync's icb has asked Autotask nothing before.
  const setUp = await started();
  await enableModule(setUp.core, { module: source.module, by: SYSTEM });
  await setUp.close();
  const { core, close } = await started();
  let postedRows = 0;
  const night = async (): Promise<Night> => {
    await asked();
    const begin = performance.now();
    const run = await nightOf(core);
    const seconds = (performance.now() - begin) / 1000;
    const { reads, writes, posted } = await asked();
    postedRows = posted;
    return { requests: reads + writes + (run.modules[0]?.requests ?? 0), writes, seconds };
  };
  const [first, second] = [await night(), await night()];
  const unitRows = (await (await core.store.snapshot()).list('psaUnits')).length;
  await close();
  return { first, second, postedRows, unitRows };
}

async function nightRows(
  dir: string,
  addresses: Addresses,
  asked: () => ReturnType<typeof askedOf>,
): Promise<BenchRow[]> {
  const all: Nights[] = [];
  for (let time = 0; time < TIMES; time++)
    all.push(await nightsIn(join(dir, `sync-${time}`), addresses, asked));
  const byTime = all.toSorted((a, b) => a.first.seconds - b.first.seconds);
  const { first, second, postedRows, unitRows } = byTime[Math.floor(TIMES / 2)] as Nights;
  const autotask = pagesOf(unitRows, postedRows);
  /** Zone, three lists of choices, the currencies; a sign-in. */
  const fewest = sum(autotask) + 5 + COUNT + 1;
  /** Of all companies, one page of those that changed. */
  const fewestAgain = sum({ ...autotask, companies: 1 }) + COUNT;
  // Token, zone, then the pages of each list one after another and the lists side by side.
  const chain = 2 + Math.max(autotask.contractServices, autotask.mirror, pages(DEVICES, 250));
  const shortest = (chain * LATENCY_MS) / 1000;
  const size = `${ORGANIZATIONS} organizations, ${CONTRACTS} contracts, ${CONTRACT_SERVICES} contract services, ${unitRows} rows of units, ${DEVICES} devices`;
  return [
    {
      name: 'autotask.first-sync.requests',
      ours: first.requests,
      peers: { minimum: fewest },
      ratio: first.requests / fewest,
      unit: 'requests',
      note: `${size}; ${first.writes} of them writes; minimum: zone, picklists, currencies, sign-in and full pages`,
    },
    {
      name: 'autotask.first-sync.wall',
      ours: first.seconds,
      peers: { minimum: shortest },
      ratio: first.seconds / shortest,
      unit: 's',
      note: `the whole run, from its start to its record on disk; minimum: ${chain} answers one after another, token, zone and the longest list, each ${LATENCY_MS} ms late; the middle of ${TIMES}: ${byTime.map((each) => each.first.seconds.toFixed(1)).join(', ')} s`,
    },
    {
      name: 'autotask.unchanged-night',
      ours: second.requests,
      peers: { minimum: fewestAgain },
      ratio: second.requests / fewestAgain,
      unit: 'requests',
      note: `the same again, nothing changed: ${second.writes} writes; ${second.seconds.toFixed(1)} s`,
    },
  ];
}

export async function nightOf(core: Core): Promise<SyncRun> {
  const { finished } = await startSync(core, { trigger: 'night', by: SYSTEM });
  const run = await finished;
  if (run.state !== 'done' || run.psa?.state !== 'done')
    throw new Error(`the night failed: ${JSON.stringify(run.psa)} ${JSON.stringify(run.modules)}`);
  return run;
}
