import { AsyncLocalStorage } from 'node:async_hooks';
import { type Kysely, sql, type Transaction } from 'kysely';
import type pg from 'pg';
import { IcbError } from '../../domain/errors.ts';
import { connectionLost, type Patiently, unhurried } from './connection.ts';
import type { Tables } from './tables.ts';

/** A lease as its holder got it. Who gets it next has a higher epoch. */
interface Held {
  readonly name: string;
  readonly epoch: number;
}

/** Set while work runs under a lease: its commits are refused once another process holds the lease. */
const held = new AsyncLocalStorage<Held>();

export interface LeaseContext {
  readonly db: Kysely<Tables>;
  readonly patiently: Patiently;
  readonly tenant: string;
  /** Opens a connection for the lock alone. */
  readonly open: () => Promise<pg.Client>;
  /** How long to wait before the lease is asked for again, in milliseconds. */
  readonly askEveryMs: number;
  readonly delay: (ms: number) => Promise<unknown>;
}

/**
 * Runs `work` while no other process runs work under the lease `name` of this tenant.
 *
 * Two parts make it safe: an advisory lock of a connection of its own says at once who lives, because the server lets go
 * of it when the process dies; an epoch in the lease's row, looked at by every commit of `work`, keeps a holder that
 * only lost its connection from writing once another has taken over.
 * @param signal ends the waiting; then the answer is undefined
 * @returns undefined when `wait` is false and another process holds the lease
 * @throws what `work` throws; `taken-over` from its commits after another process took over
 */
export async function underLease<T>(
  context: LeaseContext,
  name: string,
  work: () => Promise<T>,
  { wait = true, signal }: { readonly wait?: boolean; readonly signal?: AbortSignal } = {},
): Promise<{ readonly result: T } | undefined> {
  for (;;) {
    if (signal?.aborted) return undefined;
    const lock = await lockOnce(context, name);
    if (lock) {
      const epoch = await context
        .patiently(() => nextEpoch(context, name))
        .catch(async (error: unknown) => {
          // The lock goes with its connection: held on to, it would stop the work of all processes.
          await lock.end().catch(() => {});
          throw error;
        });
      const keeper = keep(context, name, lock, epoch);
      try {
        return { result: await unhurried.run(true, () => held.run({ name, epoch }, work)) };
      } finally {
        await keeper.release();
      }
    }
    if (!wait) return undefined;
    await context.delay(context.askEveryMs);
  }
}

/** @throws IcbError `taken-over` when the work that commits has lost its lease */
export async function assertLease(db: Transaction<Tables>, tenant: string): Promise<void> {
  const lease = held.getStore();
  if (!lease) return;
  const row = await db
    .selectFrom('icb_leases')
    .select('epoch')
    .where('tenant', '=', tenant)
    .where('name', '=', lease.name)
    .forShare()
    .executeTakeFirst();
  if (Number(row?.epoch) !== lease.epoch)
    throw new IcbError('taken-over', 'Another icb process has taken this over; it goes on there.');
}

async function nextEpoch({ db, tenant }: LeaseContext, name: string): Promise<number> {
  const { epoch } = await db
    .insertInto('icb_leases')
    .values({ tenant, name, epoch: 1 })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'name']).doUpdateSet({ epoch: sql`icb_leases.epoch + 1` }),
    )
    .returning('epoch')
    .executeTakeFirstOrThrow();
  return Number(epoch);
}

/** A connection that holds the lock; undefined when another process has it, or the server is away. */
async function lockOnce({ open, tenant }: LeaseContext, name: string): Promise<pg.Client | undefined> {
  let client: pg.Client | undefined;
  try {
    client = await open();
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
      [`icb ${tenant} ${name}`],
    );
    if (rows[0]?.locked) return client;
  } catch (error) {
    if (!connectionLost(error)) {
      await client?.end().catch(() => {});
      throw error;
    }
  }
  await client?.end().catch(() => {});
  return undefined;
}

/** Locks again after the connection was lost, unless another process was quicker: then the epoch says so. */
function keep(context: LeaseContext, name: string, first: pg.Client, epoch: number) {
  let client: pg.Client | undefined = first;
  let isReleased = false;
  const again = async (): Promise<void> => {
    client = undefined;
    while (!isReleased) {
      const next = await lockOnce(context, name).catch(() => undefined);
      if (next && isReleased) return void (await next.end().catch(() => {}));
      if (next) return hold(next);
      const now = await epochOf(context, name).catch(() => epoch);
      if (now !== epoch) return;
      await context.delay(context.askEveryMs);
    }
  };
  const hold = (next: pg.Client): void => {
    client = next;
    next.once('end', () => {
      if (!isReleased) void again();
    });
  };
  hold(first);
  return {
    async release(): Promise<void> {
      isReleased = true;
      await client?.end().catch(() => {});
    },
  };
}

async function epochOf({ db, tenant }: LeaseContext, name: string): Promise<number> {
  const row = await db
    .selectFrom('icb_leases')
    .select('epoch')
    .where('tenant', '=', tenant)
    .where('name', '=', name)
    .executeTakeFirst();
  return Number(row?.epoch ?? 0);
}
