import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lowdbStore } from '../../src/adapters/store-lowdb/lowdb-store.ts';
import { tenThousandthsNumber } from '../../src/domain/money.ts';
import type { Core } from '../../src/usecases/core.ts';
import { widgetData } from '../../src/usecases/widget-data.ts';
import { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { BenchRow } from './bench-row.ts';
import { MILLION, MONTHS, millionMonths, monthOfItems } from './million-items.ts';
import { duckPeer, type QueryPeer, type Sums, sqlitePeer } from './query-peers.ts';

const ROUNDS = 15;
const CHANGED = 30_000;
const TODAY = '2026-11-27';

const definition = WidgetDefinition.parse({
  id: 'bench',
  title: 'By month and module',
  entity: 'both',
  measure: { field: 'amount' },
  groupBy: 'month',
  breakDownBy: 'module',
  chart: 'stacked-column',
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const begin = performance.now();
  const result = await work();
  return { ms: performance.now() - begin, result };
}

const middle = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) times.push((await timed(work)).ms);
  return median(times);
};

function sameSums(name: string, ours: Sums, peer: Sums): void {
  const same = ours.size === peer.size && [...ours].every(([key, cents]) => peer.get(key) === cents);
  if (!same || ours.size === 0) throw new Error(`${name} and icb do not come to the same sums.`);
}

/** The widget's own use case on the product's own store; nothing of the answer is kept between two questions. */
function asker(store: Core['store']): () => Promise<Sums> {
  const clock = { now: () => Temporal.Instant.from(`${TODAY}T12:00:00Z`), today: () => TODAY };
  const core = { store, clock } as unknown as Core;
  return async () => {
    const { result } = await widgetData(core, definition);
    const cells = result.panels.flatMap((panel) => panel.cells);
    return new Map(
      cells.map(({ group, series, value }) => [
        `${group?.key} ${series?.key}`,
        tenThousandthsNumber(value as Parameters<typeof tenThousandthsNumber>[0]) / 100,
      ]),
    );
  };
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;

let measured: Promise<BenchRow[]> | undefined;

/** Measured once, also where both rows are asked for. */
const rowsOf = async (name: string): Promise<BenchRow[]> => {
  measured ??= queryRows();
  return (await measured).filter((row) => row.name === name);
};
export const queryRow = () => rowsOf('query.1m');
export const storeQueryRow = () => rowsOf('store.query-1m');

/** Group by module and month over a million billing items: `query.1m`, and as one of the store's rows. */
async function queryRows(): Promise<BenchRow[]> {
  const dir = await mkdtemp(join(tmpdir(), 'icb-bench-'));
  const months = millionMonths(`${TODAY.slice(0, 7)}-01`);
  const peers: QueryPeer[] = [];
  try {
    const filling = await lowdbStore({ dir });
    const first = await filling.for('default');
    for (const at of months.keys()) await first.commit({ put: { billingItems: monthOfItems(months, at) } });
    await filling.close();

    const store = await lowdbStore({ dir });
    const tenant = await store.for('default');
    const ask = asker(tenant);
    const cold = await timed(ask);
    const ours = await middle(ask);
    const memory = process.memoryUsage().rss / 1e6;

    const [sqlite, duckdb] = [sqlitePeer(), await duckPeer(dir)] as const;
    peers.push(sqlite, duckdb);
    for (const at of months.keys()) {
      const items = monthOfItems(months, at);
      for (const peer of peers) await peer.add(items);
    }
    sameSums('SQLite', cold.result, await sqlite.query());
    sameSums('DuckDB', cold.result, await duckdb.query());
    const theirs = { duckdb: await middle(duckdb.query), sqlite: await middle(sqlite.query) };
    const again = await middle(ask);

    // A night changes the newest month's items and some of the one before.
    const newest = monthOfItems(months, MONTHS - 1, 1);
    const before = monthOfItems(months, MONTHS - 2, 1).slice(0, CHANGED - newest.length);
    await tenant.commit({ put: { billingItems: [...newest, ...before] } });
    const after = await timed(ask);
    await store.close();

    const note = [
      `${MILLION} items of ${MONTHS} months, ${cold.result.size} equal sums, in one process`,
      `with the peers loaded ${again.toPrecision(3)} ms`,
      `first time from a cold start ${seconds(cold.ms)}`,
      `after a night of ${CHANGED} changed items ${seconds(after.ms)}`,
      `memory ${Math.round(memory)} MB`,
    ].join('; ');
    const row = { ours: Math.max(ours, again), peers: theirs, unit: 'ms', note };
    return [
      { name: 'query.1m', ...row, ratio: row.ours / theirs.duckdb },
      { name: 'store.query-1m', ...row, ratio: row.ours / theirs.duckdb, note: `on lowdb; ${note}` },
    ];
  } finally {
    for (const peer of peers) await peer.close();
    await rm(dir, { recursive: true, force: true });
  }
}
