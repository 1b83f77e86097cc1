import { DatabaseSync } from 'node:sqlite';
import {
  DATE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBInstance,
  type DuckDBValue,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { daysBetween, type IsoDate, isoDate } from '../../src/domain/calendar.ts';
import type { PlanInput } from '../../src/sync/plan-input.ts';
import { planSync } from '../../src/sync/plan-sync.ts';
import type { BenchRow } from './bench-row.ts';
import { ordinaryNight, type WorldSize } from './plan-world.ts';

const ROUNDS = 11;
const SUM = 'select org, type, sum(quantity) as total from counts group by org, type';
const THREADS = "select current_setting('threads') as threads";
const TABLE = '(day date, org varchar, type varchar, quantity integer)';

type Count = readonly [day: IsoDate, org: string, type: string, quantity: number];

/** A whole plan of an ordinary night, beside the bare sums of the same 31 days of counts in two databases. */
export async function planRows(): Promise<BenchRow[]> {
  return [
    await planRow('plan.42k', { organizations: 2_000, billingTypes: 21 }),
    await planRow('plan.200k', { organizations: 5_000, billingTypes: 40 }),
  ];
}

async function planRow(name: string, size: WorldSize): Promise<BenchRow> {
  const input = ordinaryNight(size);
  const instance = await DuckDBInstance.create(':memory:');
  const duckdb = await instance.connect();
  const counts = await fillDuckdb(duckdb, countsOf(input));
  const plan = () => planSync({ ...input, contracts: input.contracts.map((contract) => ({ ...contract })) });
  const times = { ours: [] as number[], bare: [] as number[], read: [] as number[], alone: [] as number[] };
  // No plan has looked at today's counts, ledgers and items before.
  const first = await seconds(plan);
  for (let round = 0; round < ROUNDS; round++) {
    times.ours.push(await seconds(plan));
    times.bare.push(await seconds(() => duckdb.run(SUM)));
    times.read.push(await seconds(async () => (await duckdb.runAndReadAll(SUM)).getRows()));
    const { threads } = (await duckdb.runAndReadAll(THREADS)).getRowObjects()[0] ?? {};
    await duckdb.run('set threads = 1');
    times.alone.push(await seconds(() => duckdb.run(SUM)));
    await duckdb.run(`set threads = ${threads}`);
  }
  const sqlite = await seconds(sqliteSum(countsOf(input)));
  const memory = heapOf(plan);
  duckdb.closeSync();
  const [ours, bare] = [median(times.ours), median(times.bare)];
  const { lines } = plan();
  const told = Object.entries(Object.groupBy(lines, ({ action }) => action)).map(
    ([action, those]) => `${those?.length} ${action}`,
  );
  return {
    name,
    ours,
    peers: { duckdb: bare, sqlite },
    ratio: ours / bare,
    unit: 's',
    note: [
      `${Math.round(lines.length / ours)} lines per second, the first plan in ${inSeconds(first)}`,
      `${memory} MB of heap`,
      `${told.join(', ')}, looking at ${input.billingItems.length} billing items`,
      `peers sum the same ${counts} counts, DuckDB on one thread in ${inSeconds(median(times.alone))}, and with its rows read in ${inSeconds(median(times.read))}`,
    ].join('; '),
  };
}

const inSeconds = (value: number): string => `${value.toPrecision(3)} s`;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function seconds(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

/** Megabytes by which the heap has grown once a plan is made; garbage not yet collected counts too. */
function heapOf(plan: () => unknown): number {
  const before = process.memoryUsage().heapUsed;
  const kept = plan();
  return kept ? Math.round((process.memoryUsage().heapUsed - before) / 2 ** 20) : 0;
}

function* countsOf({ usageReports }: PlanInput): Generator<Count> {
  for (const { date, counts } of usageReports)
    for (const [org, types] of Object.entries(counts))
      for (const [type, quantity] of Object.entries(types)) yield [date, org, type, quantity];
}

const CHUNK = 2_048;
const EPOCH = isoDate('1970-01-01');

/** @returns how many counts there are */
async function fillDuckdb(duckdb: DuckDBConnection, counts: Iterator<Count>): Promise<number> {
  await duckdb.run(`create table counts ${TABLE}`);
  const appender = await duckdb.createAppender('counts');
  let total = 0;
  for (let rows = take(counts); rows.length > 0; rows = take(counts)) {
    const chunk = DuckDBDataChunk.create([DATE, VARCHAR, VARCHAR, INTEGER]);
    chunk.setRows(rows);
    appender.appendDataChunk(chunk);
    total += rows.length;
  }
  appender.closeSync();
  return total;
}

function take(counts: Iterator<Count>): DuckDBValue[][] {
  const rows: DuckDBValue[][] = [];
  while (rows.length < CHUNK) {
    const { done, value } = counts.next();
    if (done) break;
    const [day, ...rest] = value;
    rows.push([new DuckDBDateValue(daysBetween(EPOCH, day)), ...rest]);
  }
  return rows;
}

function sqliteSum(counts: Iterable<Count>): () => unknown {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec(`create table counts ${TABLE}; begin`);
  const insert = sqlite.prepare('insert into counts values (?, ?, ?, ?)');
  for (const count of counts) insert.run(...count);
  sqlite.exec('commit');
  return () => sqlite.prepare(SUM).all();
}
