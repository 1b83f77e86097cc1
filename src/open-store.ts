import { lowdbStore } from './adapters/store-lowdb/lowdb-store.ts';
import { postgresStore } from './adapters/store-postgres/postgres-store.ts';
import type { Config } from './config.ts';
import type { Store } from './ports/store.ts';
import type { Alone } from './usecases/sync-queue.ts';

/** Everything icb keeps belongs to one tenant until one icb serves several. */
export const TENANT = 'default';

interface Opened {
  readonly store: Store;
  /** Given where other processes may share the store. */
  readonly alone?: Alone;
}

/** PostgreSQL where `DATABASE_URL` is set, else the data folder, which this process then holds alone. */
export async function openStore(
  { databaseUrl, dataDir, snapshots }: Pick<Config, 'databaseUrl' | 'dataDir' | 'snapshots'>,
  purpose: string,
  warn: (error: unknown) => void,
): Promise<Opened> {
  if (databaseUrl === undefined)
    return { store: await lowdbStore({ dir: dataDir, purpose, snapshots, warn }) };
  const store = await postgresStore({ url: databaseUrl });
  return { store, alone: (work, options) => store.exclusively(TENANT, 'sync', work, options) };
}
