import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { listen } from '../../src/serve.ts';
import { example } from '../contract/store-records.ts';
import type { BenchRow } from './bench-row.ts';

const PATH = '/api/widgets/pending-by-module.svg';
const ITEMS = 2_000;
const MODULES = [
  'datto-rmm',
  'datto-bcdr',
  'saas-protection',
  'rocketcyber',
  'vulscan',
  'datto-av',
  'datto-edr',
];
const CONCURRENCY = 8;
const ROUND_MS = 1_000;
const ROUNDS = 3;
const DRAWINGS = 15;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The same picture from icb and from a bare Hono route that holds it in memory, over real HTTP, in turns. */
export async function widgetRows(): Promise<BenchRow[]> {
  const dir = await mkdtemp(join(tmpdir(), 'icb-bench-'));
  const token = 'bench-token-of-the-api';
  const config = readConfig(
    {
      ICB_DATA_DIR: dir,
      ICB_API_TOKEN: token,
      ICB_SECRET: 'bench-secret-0123456789',
      ICB_LOG_LEVEL: 'silent',
      ICB_TIMEZONE: 'UTC',
    },
    { live: false },
  );
  const icb = await compose(config);
  const today = icb.core.clock.today();
  const start = `${today.slice(0, 7)}-01`;
  const items = Array.from({ length: ITEMS }, (_, i) =>
    example('billingItems', {
      id: `bi_${i}`,
      period: { start, end: `${today.slice(0, 7)}-28`, days: 30 },
      itemDate: start,
      module: MODULES[i % MODULES.length],
      units: 1 + (i % 40),
    }),
  );
  await icb.core.store.commit({ put: { billingItems: items } });
  const server = await listen(icb.fetch, { port: 0, host: '127.0.0.1' });
  const ours = {
    url: `http://127.0.0.1:${server.port}${PATH}`,
    headers: { authorization: `Bearer ${token}` },
  };
  const svg = await read(ours);
  const bare = new Hono().get('/', (c) => c.body(svg, 200, { 'content-type': 'image/svg+xml' }));
  const bareServer = await listen((request) => bare.fetch(request), { port: 0, host: '127.0.0.1' });
  const peer = { url: `http://127.0.0.1:${bareServer.port}/`, headers: {} };
  try {
    const note = `${ITEMS} items, ${Math.round(svg.length / 1024)} KB of SVG`;
    return [await cached(ours, peer, note), await uncached(ours, peer, icb.core.store, items, note)];
  } finally {
    await server.close();
    await bareServer.close();
    await icb.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

interface Target {
  readonly url: string;
  readonly headers: Record<string, string>;
}

async function read({ url, headers }: Target): Promise<string> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
}

async function requestsPerSecond(target: Target): Promise<number> {
  const begin = performance.now();
  let done = 0;
  const worker = async () => {
    while (performance.now() - begin < ROUND_MS) {
      await read(target);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return (done * 1000) / (performance.now() - begin);
}

async function cached(ours: Target, peer: Target, note: string): Promise<BenchRow> {
  const rounds = { ours: [] as number[], peer: [] as number[] };
  for (let i = 0; i < ROUNDS; i++) {
    rounds.ours.push(await requestsPerSecond(ours));
    rounds.peer.push(await requestsPerSecond(peer));
  }
  const [a, b] = [median(rounds.ours), median(rounds.peer)];
  return { name: 'widget.cached.rps', ours: a, peers: { hono: b }, ratio: a / b, unit: 'per second', note };
}

async function uncached(
  ours: Target,
  peer: Target,
  store: Awaited<ReturnType<typeof compose>>['core']['store'],
  items: readonly BillingItem[],
  note: string,
): Promise<BenchRow> {
  const times = { ours: [] as number[], peer: [] as number[] };
  const time = async (target: Target): Promise<number> => {
    const begin = performance.now();
    await read(target);
    return performance.now() - begin;
  };
  for (let i = 0; i < DRAWINGS; i++) {
    // A changed item makes a new picture, so that nothing cached fits.
    const [item] = items;
    if (item) await store.commit({ put: { billingItems: [{ ...item, units: item.units + i + 1 }] } });
    times.ours.push(await time(ours));
    times.peer.push(await time(peer));
  }
  const [a, b] = [median(times.ours), median(times.peer)];
  return { name: 'widget.uncached.ms', ours: a, peers: { hono: b }, ratio: a / b, unit: 'ms', note };
}
