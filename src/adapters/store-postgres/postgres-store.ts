import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { IcbError } from '../../domain/errors.ts';
import type { Store, TenantStore } from '../../ports/store.ts';
import { connectionLost, patient } from './connection.ts';
import { connector } from './connector.ts';
import { assertNobodyRuns, fillTenant } from './fill-tenant.ts';
import { type LeaseContext, underLease } from './lease.ts';
import { migrate } from './migrate.ts';
import { PostgresTenant } from './postgres-tenant.ts';
import { type Presence, presence } from './presence.ts';
import type { Tables } from './tables.ts';
import { answerWithin } from './watched-client.ts';

export interface PostgresStoreOptions {
  /** `postgresql://user:password@host:5432/database`, with `?sslmode=` and the like. */
  readonly url: string;
  /** Connections of this process, besides one for each lease it holds. */
  readonly connections?: number;
  /** By which the server's own lists name this process. */
  readonly applicationName?: string;
  /** Partitions kept in memory; the one used longest ago is let go first. */
  readonly cachedSheets?: number;
  /** How long a call goes on trying while the server is away, in milliseconds; and what a sync run does. */
  readonly patienceMs?: { readonly call: number; readonly run: number };
  /**
   * For how long the server may leave a statement without an answer before the connection counts as lost, in milliseconds:
   * the look for a newer state, which is quick, and any other. Filling, migrating and pruning take as long as they take.
   */
  readonly answerMs?: { readonly look: number; readonly other: number };
  /** For how long a snapshot can be read, in seconds. */
  readonly keepSeconds?: number;
  readonly pruneEveryMs?: number;
  readonly askEveryMs?: number;
  /** The machine's clock, in milliseconds since 1970. */
  readonly now?: () => number;
  readonly delay?: (ms: number) => Promise<unknown>;
}

/** A store that several processes share. */
export interface SharedStore extends Store {
  /** See `underLease`. */
  exclusively<T>(
    tenant: string,
    name: string,
    work: () => Promise<T>,
    options?: { readonly wait?: boolean; readonly signal?: AbortSignal },
  ): Promise<{ readonly result: T } | undefined>;
  /** See `fillTenant`. */
  fill<T>(
    tenant: string,
    work: (target: TenantStore) => Promise<T>,
    options: { readonly replace: boolean },
  ): Promise<T>;
  /** See `assertNobodyRuns`. */
  assertNobodyRuns(): Promise<void>;
}

const TENANT = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * Opens the store in PostgreSQL and brings its tables to this version.
 * @throws IcbError `config` when the database refuses or is of a newer icb, `store-unavailable` when it does not answer
 */
export async function postgresStore({
  url,
  connections = 10,
  applicationName = 'icb',
  cachedSheets = 256,
  patienceMs = { call: 2_500, run: 120_000 },
  answerMs = { look: 5_000, other: 60_000 },
  keepSeconds = 3_600,
  pruneEveryMs = 600_000,
  askEveryMs = 500,
  now = Date.now,
  delay = wait,
}: PostgresStoreOptions): Promise<SharedStore> {
  const { pool, open: connect } = connector(url, applicationName, answerMs.other);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool(connections) }) });
  const patiently = patient({ callMs: patienceMs.call, runMs: patienceMs.run, now, delay });
  let shown: Presence | undefined;
  try {
    shown = await patiently(() => presence(connect));
    await patiently(() => answerWithin.run(Number.POSITIVE_INFINITY, () => migrate(db)));
  } catch (error) {
    await shown?.close();
    await db.destroy();
    throw refused(error);
  }

  const tenants = new Map<string, Promise<PostgresTenant>>();
  let closing: Promise<void> | undefined;
  const assertOpen = (): void => {
    if (closing)
      throw new IcbError('store-locked', 'The store is closed because icb is stopping; start icb again.');
  };
  const context = {
    db,
    patiently,
    lookMs: answerMs.look,
    cachedSheets,
    keepSeconds,
    pruneEveryMs,
    now,
    assertOpen,
  };
  const open = (tenant: string): Promise<PostgresTenant> => {
    const opening = PostgresTenant.open(tenant, context);
    tenants.set(tenant, opening);
    opening.catch(() => tenants.delete(tenant)); // Once the cause is gone, opening may be tried again.
    return opening;
  };
  const close = async (): Promise<void> => {
    const opened = await Promise.allSettled(tenants.values());
    await Promise.all(opened.map((tenant) => tenant.status === 'fulfilled' && tenant.value.idle()));
    await Promise.all([shown.close(), db.destroy()]);
  };
  return {
    async for(tenant) {
      assertOpen();
      if (!TENANT.test(tenant))
        throw new IcbError(
          'bad-input',
          `“${tenant}” is no tenant name; use lower-case letters, digits and hyphens.`,
        );
      return tenants.get(tenant) ?? open(tenant);
    },
    exclusively(tenant, name, work, options) {
      assertOpen();
      const lease: LeaseContext = { db, patiently, tenant, open: connect, askEveryMs, delay };
      return underLease(lease, name, work, options);
    },
    fill: (tenant, work, { replace }) => fillTenant(db, { tenant, replace, cachedSheets }, work),
    assertNobodyRuns: () => patiently(() => assertNobodyRuns(db)),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** A wrong password, a database that is not there: said without the address, which holds the password. */
function refused(error: unknown): unknown {
  if (error instanceof URIError)
    return new IcbError(
      'config',
      'The address in DATABASE_URL holds a % that stands for no character. Write %25 for a % in its user or password.',
    );
  if (!(error instanceof pg.DatabaseError) || connectionLost(error)) return error;
  return new IcbError(
    'config',
    `PostgreSQL refuses DATABASE_URL (${error.code ?? 'no code'}): ${error.message}. Check user, password, database and rights.`,
  );
}
