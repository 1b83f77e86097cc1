import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { tenThousandthsNumber } from '../../src/domain/money.ts';
import { type PostgresServer, postgresServer } from '../support/postgres-server.ts';

const cents = ({ amount }: BillingItem): number => Math.round(tenThousandthsNumber(amount) / 100);

/** A server with its defaults, which are durable. It is not the process that is measured: `dir` tells that its address. */
export async function benchServer(dir: string): Promise<PostgresServer> {
  const server = await postgresServer({ durable: true });
  await writeFile(join(dir, 'url'), await server.freshUrl());
  return server;
}

/** The record as JSON beside the columns that queries need, as one who keeps documents in PostgreSQL does. */
export function postgresTable(dir: string) {
  let client: pg.Client;
  return {
    async open(): Promise<void> {
      client = new pg.Client(await readFile(join(dir, 'url'), 'utf8'));
      await client.connect();
      await client.query(
        'create table if not exists items (id text primary key, month text, module text, cents bigint, record json)',
      );
      await client.query('create index if not exists by_month_module on items (month, module, cents)');
    },
    async commit(items: readonly BillingItem[]): Promise<void> {
      await client.query(
        `insert into items select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::json[])
         on conflict (id) do update set month = excluded.month, module = excluded.module,
           cents = excluded.cents, record = excluded.record`,
        [
          items.map(({ id }) => id),
          items.map(({ period }) => period.start.slice(0, 7)),
          items.map(({ module }) => module),
          items.map(cents),
          items.map((item) => JSON.stringify(item)),
        ],
      );
    },
    async widget(): Promise<ReadonlyMap<string, number>> {
      const { rows } = await client.query('select module, sum(cents) as cents from items group by module');
      return new Map(rows.map(({ module, cents: sum }) => [`${module}`, Number(sum)]));
    },
    async read(month: string): Promise<unknown> {
      return (await client.query('select record from items where month >= $1', [month])).rows;
    },
    idle: async (): Promise<void> => {},
    close: (): Promise<void> => client.end(),
  };
}
