import { rename, rm } from 'node:fs/promises';
import { lowdbStore } from '../adapters/store-lowdb/lowdb-store.ts';
import { TENANT } from '../open-store.ts';
import type { TenantStore } from '../ports/store.ts';
import { keepSnapshots } from './snapshots.ts';

/**
 * Fills a data folder beside the one that is there and puts it in its place; what was there is kept under another name.
 * No other icb may hold the folder. When `fill` throws, nothing was changed.
 * @param fill makes the folder whose name it is given; `inStore` makes one of a store that is filled
 * @param accept looks at what is there; throws where it must not be replaced
 * @returns what `fill` gave, and where the old folder is kept
 */
export async function replaceFolder<T>(
  dataDir: string,
  fill: (dir: string) => Promise<T>,
  {
    purpose,
    accept = async () => {},
    ...options
  }: {
    readonly purpose: string;
    readonly accept?: (old: TenantStore) => Promise<void>;
    readonly lockWaitMs?: number;
  },
): Promise<{ readonly filled: T; readonly aside: string }> {
  const beside = `${dataDir}.filling`;
  await rm(beside, { recursive: true, force: true });
  // Held meanwhile, so that no icb starts on what is about to be put aside.
  const old = await lowdbStore({ dir: dataDir, purpose, ...options });
  try {
    await accept(await old.for(TENANT));
    const filled = await fill(beside);
    const aside = `${dataDir}.before-${Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }).replaceAll(':', '')}`;
    await old.close();
    await rename(dataDir, aside);
    await rename(beside, dataDir);
    await keepSnapshots(aside, dataDir);
    return { filled, aside };
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  } finally {
    await old.close();
  }
}

/** Fills a new store at a folder. */
export const inStore =
  <T>(purpose: string, fill: (target: TenantStore) => Promise<T>) =>
  async (dir: string): Promise<T> => {
    const store = await lowdbStore({ dir, purpose });
    try {
      return await fill(await store.for(TENANT));
    } finally {
      await store.close();
    }
  };
