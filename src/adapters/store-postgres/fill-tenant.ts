import { type Kysely, sql, type Transaction } from 'kysely';
import { IcbError } from '../../domain/errors.ts';
import { RECORD_SCHEMA } from '../../domain/records.ts';
import type { TenantStore } from '../../ports/store.ts';
import { connectionLost } from './connection.ts';
import { PostgresSnapshot } from './postgres-snapshot.ts';
import { Sheets } from './sheets.ts';
import type { Tables } from './tables.ts';
import { answerWithin } from './watched-client.ts';
import { columnsOf, writeColumns } from './write-commit.ts';

interface Fill {
  readonly tenant: string;
  /** Whether what the tenant holds may go. */
  readonly replace: boolean;
  readonly cachedSheets: number;
}

/**
 * Fills a tenant in one transaction: when `work` throws or the process dies, the tenant is as it was before. The store
 * that `work` gets reads what it wrote.
 * @throws IcbError `conflict` when the tenant holds records and they may not go; `store-unavailable` when the connection
 * is lost
 */
export async function fillTenant<T>(
  db: Kysely<Tables>,
  fill: Fill,
  work: (target: TenantStore) => Promise<T>,
): Promise<T> {
  try {
    return await answerWithin.run(Number.POSITIVE_INFINITY, () => filled(db, fill, work));
  } catch (error) {
    throw connectionLost(error) && !isOfAFile(error) ? cutOff() : error;
  }
}

/** What is filled in is read from a file, which may be missing as well. */
const isOfAFile = (error: unknown): boolean => typeof error === 'object' && error !== null && 'path' in error;

/** Without the driver's own words as the cause: they may hold the address and the user. */
const cutOff = (): IcbError =>
  new IcbError(
    'store-unavailable',
    'The connection to PostgreSQL was lost before it said that everything is written. It takes all or nothing, so most likely it is as it was: once it is back, do the same again.',
  );

function filled<T>(
  db: Kysely<Tables>,
  { tenant, replace, cachedSheets }: Fill,
  work: (target: TenantStore) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    const held = await lockTenant(transaction, tenant);
    const existing = await transaction
      .selectFrom('icb_partitions')
      .select(({ fn }) => fn.sum('records').as('records'))
      .where('tenant', '=', tenant)
      .executeTakeFirst();
    const records = Number(existing?.records ?? 0);
    if (records > 0 && !replace)
      throw new IcbError(
        'conflict',
        `The database holds ${records} records already; nothing was changed. To replace them, say --replace.`,
      );
    let revision = held;
    if (records > 0) await removeAll(transaction, tenant, ++revision);
    const sheets = new Sheets(transaction, (read) => read(0), tenant, cachedSheets);
    const result = await work({
      async snapshot() {
        const touched = await transaction
          .selectFrom('icb_partitions')
          .select(['kind', 'partition', 'changed', 'records'])
          .where('tenant', '=', tenant)
          .execute();
        const numbers = touched.map((row) => ({
          ...row,
          changed: Number(row.changed),
          records: Number(row.records),
        }));
        return new PostgresSnapshot(0, new Map(), sheets).with(revision, numbers);
      },
      async commit(changes) {
        revision += 1;
        await writeColumns(transaction, tenant, revision, await columnsOf(changes));
        return revision;
      },
    });
    await transaction.updateTable('icb_tenants').set({ revision }).where('tenant', '=', tenant).execute();
    return result;
  });
}

/** The server takes a moment to notice that a process is gone. */
const GONE_WITHIN_TENTHS = 20;

/**
 * Every icb holds a connection for as long as it runs; see `presence`.
 * @throws IcbError `conflict` while an icb is connected: it would go on with what it knows, or write meanwhile
 */
export async function assertNobodyRuns(db: Kysely<Tables>): Promise<void> {
  for (let tenths = 0; await runs(db); tenths++) {
    if (tenths === GONE_WITHIN_TENTHS)
      throw new IcbError(
        'conflict',
        'icb is running on that database. Stop every icb process, then migrate; nothing was changed.',
      );
    await sql`select pg_sleep(0.1)`.execute(db);
  }
}

async function runs(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ connections: string }>`
    select count(*) as connections from pg_stat_activity
    where datname = current_database() and application_name = 'icb'`.execute(db);
  return Number(rows[0]?.connections) > 0;
}

async function lockTenant(transaction: Transaction<Tables>, tenant: string): Promise<number> {
  await transaction
    .insertInto('icb_tenants')
    .values({ tenant, revision: 0, pruned: 0, record_schema: RECORD_SCHEMA })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { revision } = await transaction
    .updateTable('icb_tenants')
    .set({ record_schema: RECORD_SCHEMA })
    .where('tenant', '=', tenant)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return Number(revision);
}

async function removeAll(transaction: Transaction<Tables>, tenant: string, revision: number): Promise<void> {
  await transaction
    .updateTable('icb_records')
    .set({ until: revision })
    .where('tenant', '=', tenant)
    .where('until', 'is', null)
    .execute();
  await transaction
    .updateTable('icb_partitions')
    .set({ changed: revision, records: 0 })
    .where('tenant', '=', tenant)
    .execute();
}
