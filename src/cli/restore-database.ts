import { postgresStore } from '../adapters/store-postgres/postgres-store.ts';
import { IcbError } from '../domain/errors.ts';
import { TENANT } from '../open-store.ts';
import type { TenantStore } from '../ports/store.ts';

/**
 * Fills the database from a backup in one piece: when `fill` throws, nothing was changed. Unlike a folder, what was there
 * is not kept aside, so it has to be said that it may go. Every icb must be stopped.
 * @throws IcbError `conflict` when the database holds records and `replace` is not said, or an icb is connected
 */
export async function restoreDatabase<T>(
  url: string,
  fill: ((target: TenantStore) => Promise<T>) | undefined,
  replace: boolean,
): Promise<T> {
  if (!fill)
    throw new IcbError(
      'bad-input',
      'Snapshots are of the embedded store, and DATABASE_URL is set. Restore the file of a backup, or one that PostgreSQL has taken.',
    );
  const database = await postgresStore({ url, applicationName: 'icb restore', connections: 3 });
  try {
    await database.assertNobodyRuns();
    return await database.fill(TENANT, fill, { replace });
  } finally {
    await database.close();
  }
}
