import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { IcbError } from '../../domain/errors.ts';
import { RECORD_SCHEMA } from '../../domain/records.ts';
import type { Changes, Snapshot, TenantStore } from '../../ports/store.ts';
import type { Patiently } from './connection.ts';
import { assertLease } from './lease.ts';
import { PostgresSnapshot } from './postgres-snapshot.ts';
import { Sheets } from './sheets.ts';
import type { Tables } from './tables.ts';
import { answerWithin } from './watched-client.ts';
import { type Columns, columnsOf, writeColumns } from './write-commit.ts';

/** What a tenant needs of its store. */
export interface TenantContext {
  readonly db: Kysely<Tables>;
  readonly patiently: Patiently;
  /** For how long the look for a newer state may stay without an answer, in milliseconds. */
  readonly lookMs: number;
  readonly cachedSheets: number;
  /** For how long a snapshot can be read, in seconds by the server's clock. */
  readonly keepSeconds: number;
  readonly pruneEveryMs: number;
  readonly now: () => number;
  readonly assertOpen: () => void;
}

/** A tenant's records in PostgreSQL; what each table is for stands in `tables.ts`. */
export class PostgresTenant implements TenantStore {
  readonly #context: TenantContext;
  readonly #tenant: string;
  #newest: PostgresSnapshot;
  #lastCommit: Promise<unknown> = Promise.resolve();
  #pruned: number;
  #pruning: Promise<unknown> = Promise.resolve();

  private constructor(tenant: string, context: TenantContext) {
    this.#context = context;
    this.#tenant = tenant;
    this.#pruned = context.now();
    this.#newest = new PostgresSnapshot(
      0,
      new Map(),
      new Sheets(context.db, context.patiently, tenant, context.cachedSheets),
    );
  }

  /** @throws IcbError `config` when the records are of another icb's layout */
  static async open(tenant: string, context: TenantContext): Promise<PostgresTenant> {
    const schema = await context.patiently(async () => {
      await context.db
        .insertInto('icb_tenants')
        .values({ tenant, revision: 0, pruned: 0, record_schema: RECORD_SCHEMA })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await context.db
        .selectFrom('icb_tenants')
        .select('record_schema')
        .where('tenant', '=', tenant)
        .executeTakeFirstOrThrow();
      return row.record_schema;
    });
    if (schema !== RECORD_SCHEMA)
      throw new IcbError(
        'config',
        `The database holds records of layout ${schema}, and this icb knows layout ${RECORD_SCHEMA}. Start the icb that wrote them, and take them over with its icb migrate.`,
      );
    return new PostgresTenant(tenant, context);
  }

  /** Asks for the newest revision each time, since other processes commit too, and reads only what changed. */
  async snapshot(): Promise<Snapshot> {
    const { db, patiently, lookMs } = this.#context;
    const base = this.#newest;
    const look = sql<{
      revision: string;
      kind: string | null;
      partition: string;
      changed: string;
      records: string;
    }>`select t.revision, p.kind, p.partition, p.changed, p.records
      from icb_tenants t left join icb_partitions p on p.tenant = t.tenant and p.changed > ${base.revision}
      where t.tenant = ${this.#tenant}`;
    const { rows } = await patiently(() => answerWithin.run(lookMs, () => look.execute(db)));
    const revision = Number(rows[0]?.revision ?? 0);
    if (revision === base.revision) return base;
    const touched = rows.flatMap(({ kind, partition, changed, records }) =>
      kind === null ? [] : [{ kind, partition, changed: Number(changed), records: Number(records) }],
    );
    const snapshot = base.with(revision, touched);
    if (revision > this.#newest.revision) this.#newest = snapshot;
    return snapshot;
  }

  async commit(changes: Changes, { basedOn }: { readonly basedOn?: number } = {}): Promise<number> {
    this.#context.assertOpen();
    const parsing = columnsOf(changes);
    parsing.catch(() => undefined); // Told in its turn.
    const turn = this.#lastCommit.then(async () => this.#commit(await parsing, basedOn));
    this.#lastCommit = turn.catch(() => undefined);
    const revision = await turn;
    this.#pruneNowAndThen();
    return revision;
  }

  /** Resolves when the commits asked for so far are done, well or badly. */
  async idle(): Promise<void> {
    await this.#lastCommit;
    await this.#pruning;
  }

  /**
   * The id is written with the commit. When the connection is lost before the answer came, the tenant's row is locked
   * anew, which waits for whatever the lost connection was still doing, and the id says what became of it.
   */
  #commit(columns: Columns, basedOn: number | undefined): Promise<number> {
    const { db, patiently } = this.#context;
    const id = randomUUID();
    return patiently((attempt) =>
      db.transaction().execute(async (transaction) => {
        const revision = await this.#lockRevision(transaction);
        const done = attempt > 0 ? await this.#revisionOf(transaction, id) : undefined;
        if (done !== undefined) return done;
        if (basedOn !== undefined && basedOn !== revision)
          throw new IcbError(
            'conflict',
            'Somebody else changed this in the meantime; look again and repeat.',
          );
        await assertLease(transaction, this.#tenant);
        const next = revision + 1;
        await writeColumns(transaction, this.#tenant, next, columns);
        await transaction
          .insertInto('icb_commits')
          .values({ tenant: this.#tenant, revision: next, commit_id: id })
          .execute();
        await transaction
          .updateTable('icb_tenants')
          .set({ revision: next })
          .where('tenant', '=', this.#tenant)
          .execute();
        return next;
      }),
    );
  }

  async #lockRevision(transaction: Transaction<Tables>): Promise<number> {
    const { revision } = await transaction
      .selectFrom('icb_tenants')
      .select('revision')
      .where('tenant', '=', this.#tenant)
      .forUpdate()
      .executeTakeFirstOrThrow();
    return Number(revision);
  }

  async #revisionOf(transaction: Transaction<Tables>, id: string): Promise<number | undefined> {
    const row = await transaction
      .selectFrom('icb_commits')
      .select('revision')
      .where('tenant', '=', this.#tenant)
      .where('commit_id', '=', id)
      .executeTakeFirst();
    return row && Number(row.revision);
  }

  #pruneNowAndThen(): void {
    const { now, pruneEveryMs } = this.#context;
    if (now() - this.#pruned < pruneEveryMs) return;
    this.#pruned = now();
    this.#pruning = answerWithin.run(Number.POSITIVE_INFINITY, () => this.prune()).catch(() => undefined); // Goes with the next one.
  }

  /** Lets replaced records go that no snapshot may read any more. First it says so, then it deletes. */
  async prune(): Promise<void> {
    const { db, keepSeconds } = this.#context;
    const tenant = this.#tenant;
    const { rows } = await sql<{ pruned: string }>`
      update icb_tenants set pruned = greatest(pruned, (
        select coalesce(max(revision), 0) from icb_commits
        where tenant = ${tenant} and at < now() - make_interval(secs => ${keepSeconds})
      )) where tenant = ${tenant} returning pruned`.execute(db);
    const pruned = Number(rows[0]?.pruned ?? 0);
    await sql`delete from icb_records where tenant = ${tenant} and until <= ${pruned}`.execute(db);
    await sql`delete from icb_commits where tenant = ${tenant} and revision < ${pruned}`.execute(db);
  }
}
