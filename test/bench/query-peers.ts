import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { tenThousandthsNumber } from '../../src/domain/money.ts';

/** Cents by `month module`. */
export type Sums = ReadonlyMap<string, number>;

/** A database of billing items, in this process and in memory. */
export interface QueryPeer {
  add(items: readonly BillingItem[]): Promise<void>;
  query(): Promise<Sums>;
  close(): Promise<void>;
}

const GROUPED = 'SELECT month, module, CAST(SUM(cents) AS BIGINT) AS cents FROM items GROUP BY month, module';
const row = ({ period, module, amount, units, organizationId, status }: BillingItem) =>
  [
    period.start.slice(0, 7),
    module,
    Math.round(tenThousandthsNumber(amount) / 100),
    units,
    organizationId,
    status,
  ] as const;

const sums = (rows: Iterable<readonly [unknown, unknown, unknown]>): Sums =>
  new Map(Array.from(rows, ([month, module, cents]) => [`${month} ${module}`, Number(cents)]));

/** With an index that holds all the query needs, as somebody who knows SQLite would make it. */
export function sqlitePeer(): QueryPeer {
  const database = new DatabaseSync(':memory:');
  database.exec(
    'CREATE TABLE items (month TEXT, module TEXT, cents INTEGER, units INTEGER, organization TEXT, status TEXT)',
  );
  database.exec('CREATE INDEX by_month_module ON items (month, module, cents)');
  const insert = database.prepare('INSERT INTO items VALUES (?, ?, ?, ?, ?, ?)');
  const select = database.prepare(GROUPED);
  return {
    async add(items) {
      database.exec('BEGIN');
      for (const item of items) insert.run(...row(item));
      database.exec('COMMIT');
    },
    query: async () => sums(select.all().map(({ month, module, cents }) => [month, module, cents])),
    close: async () => database.close(),
  };
}

/** `dir` holds what it reads in. */
export async function duckPeer(dir: string): Promise<QueryPeer> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    'CREATE TABLE items (month VARCHAR, module VARCHAR, cents BIGINT, units INTEGER, organization VARCHAR, status VARCHAR)',
  );
  return {
    async add(items) {
      const file = join(dir, 'items.csv');
      await writeFile(file, items.map((item) => row(item).join(',')).join('\n'));
      await connection.run(`COPY items FROM '${file}' (HEADER false)`);
    },
    async query() {
      const reader = await connection.runAndReadAll(GROUPED);
      return sums(reader.getRows().map(([month, module, cents]) => [month, module, cents]));
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
