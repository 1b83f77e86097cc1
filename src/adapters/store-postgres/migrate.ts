import { type Kysely, sql, type Transaction } from 'kysely';
import { IcbError } from '../../domain/errors.ts';
import type { Tables } from './tables.ts';

type Migration = (db: Transaction<Tables>) => Promise<void>;

/** Any constant will do, as long as every icb takes the same: "icb" and a number. */
const ADVISORY_LOCK = 0x69_63_62_01;

/**
 * The tenant leads every key, so that a sharded PostgreSQL can spread tenants by it. Text compares by bytes, whatever
 * the database's locale. `json` and not `jsonb`: a record comes back as it was written, also with a NUL in a text.
 */
const tables: Migration = async (db) => {
  for (const statement of [
    sql`create table icb_tenants (
      tenant text collate "C" primary key,
      revision bigint not null default 0,
      pruned bigint not null default 0,
      record_schema integer not null
    )`,
    sql`create table icb_records (
      tenant text collate "C" not null,
      kind text collate "C" not null,
      partition text collate "C" not null,
      id text collate "C" not null,
      since bigint not null,
      until bigint,
      body json not null,
      primary key (tenant, kind, partition, id, since)
    )`,
    sql`create unique index icb_records_by_id on icb_records (tenant, kind, id, since)`,
    sql`create index icb_records_replaced on icb_records (tenant, until) where until is not null`,
    sql`create table icb_partitions (
      tenant text collate "C" not null,
      kind text collate "C" not null,
      partition text collate "C" not null,
      changed bigint not null,
      records bigint not null,
      primary key (tenant, kind, partition)
    )`,
    sql`create table icb_commits (
      tenant text collate "C" not null,
      revision bigint not null,
      commit_id uuid not null,
      at timestamptz not null default now(),
      primary key (tenant, revision),
      unique (tenant, commit_id)
    )`,
    sql`create table icb_leases (
      tenant text collate "C" not null,
      name text collate "C" not null,
      epoch bigint not null,
      primary key (tenant, name)
    )`,
  ])
    await statement.execute(db);
};

/** In order; the position is the version. Only ever added to. */
const MIGRATIONS: readonly Migration[] = [tables];

/**
 * Brings the tables to this version. Of processes that start together one migrates, the others wait for it.
 * @throws IcbError `config` when a newer icb has migrated the database
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(transaction);
    await sql`create table if not exists icb_schema (
      version integer primary key, applied_at timestamptz not null default now()
    )`.execute(transaction);
    const { newest } = await transaction
      .selectFrom('icb_schema')
      .select(({ fn }) => fn.coalesce(fn.max('version'), sql<number>`0`).as('newest'))
      .executeTakeFirstOrThrow();
    if (newest > MIGRATIONS.length)
      throw new IcbError(
        'config',
        `The database has tables of version ${newest}, and this icb knows version ${MIGRATIONS.length}. Start the icb that last ran on it, or a newer one.`,
      );
    for (const [at, run] of MIGRATIONS.entries()) {
      if (at < newest) continue;
      await run(transaction);
      await transaction
        .insertInto('icb_schema')
        .values({ version: at + 1 })
        .execute();
    }
  });
}
