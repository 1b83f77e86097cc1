import { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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
/** Units of a line are the sum of a day's counts over an organization's module organizations (product.md, "Counts"). */
const UNITS = 'select day, org, type, sum(quantity) as units from counts group by day, org, type';
/** No rule sums over days; it is told because it is the least that a database can do with these counts. */
const OVER_DAYS = 'select org, type, sum(quantity) as total from counts group by org, type';
const THREADS = "select current_setting('threads') as threads";
const TABLE = '(day date, org varchar, type varchar, quantity integer)';

type Count = readonly [day: IsoDate, org: string, type: string, quantity: number];

/** A whole plan of an ordinary night, beside the bare units of each day, by the same 31 days of counts, in two databases. */
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
  const times = { ours: [] as number[], bare: [] as number[], over: [] as number[], alone: [] as number[] };
  // No plan has looked at today's counts, ledgers and items before.
  const first = await seconds(plan);
  for (let round = 0; round < ROUNDS; round++) {
    times.ours.push(await seconds(plan));
    times.bare.push(await seconds(() => duckdb.run(UNITS)));
    times.over.push(await seconds(() => duckdb.run(OVER_DAYS)));
    const { threads } = (await duckdb.runAndReadAll(THREADS)).getRowObjects()[0] ?? {};
    await duckdb.run('set threads = 1');
    times.alone.push(await seconds(() => duckdb.run(UNITS)));
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
      `peers sum the same ${counts} counts to units of each day, DuckDB on one thread in ${inSeconds(median(times.alone))}; summed over all days as well, which no rule asks for, it takes ${inSeconds(median(times.over))}`,
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

/** Megabytes by which the heap has grown once a plan is made; its garbage not yet collected counts too. */
function heapOf(plan: () => unknown): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const before = process.memoryUsage().heapUsed;
  const kept = plan();
  return kept ? Math.round((process.memoryUsage().heapUsed - before) / 2 ** 20) : 0;
}

/** Each count beside the organization that its module organization is mapped to. */
function* countsOf({ usageReports, organizationMappings }: PlanInput): Generator<Count> {
  const mappedTo = new Map(
    organizationMappings.flatMap((mapping) =>
      mapping.status === 'mapped' ? [[mapping.id as string, mapping.organizationId as string]] : [],
    ),
  );
  for (const { module, date, counts } of usageReports)
    for (const [externalId, types] of Object.entries(counts)) {
      const org = mappedTo.get(`${module}:${externalId}`) ?? externalId;
      for (const [type, quantity] of Object.entries(types)) yield [date, org, type, quantity];
    }
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
  return () => sqlite.prepare(UNITS).all();
}
