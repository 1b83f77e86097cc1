import { chmod, rm, stat } from 'node:fs/promises';
import { durableDisk, explaining } from '../adapters/store-lowdb/disk.ts';
import { asideFolder, fillingFolder } from '../adapters/store-lowdb/folder-swap.ts';
import { lowdbStore } from '../adapters/store-lowdb/lowdb-store.ts';
import { TENANT } from '../open-store.ts';
import type { TenantStore } from '../ports/store.ts';
import { exists } from './named-file.ts';
import { keepSnapshots } from './snapshots.ts';

/**
 * Fills a data folder beside the one that is there and puts it in its place; what was there is kept under another name.
 * No other icb may hold the folder. What is there need not be readable: a damaged one is what this is needed for. When
 * `fill` throws, nothing was changed.
 * @param fill makes the folder whose name it is given; `inStore` makes one of a store that is filled
 * @param accept looks at what is there, which must be readable then; throws where it must not be replaced
 * @returns what `fill` gave, and where the old folder is kept if there was one
 */
export async function replaceFolder<T>(
  dataDir: string,
  fill: (dir: string) => Promise<T>,
  {
    purpose,
    accept,
    rename = explaining(durableDisk).rename,
    ...options
  }: {
    readonly purpose: string;
    readonly accept?: (old: TenantStore) => Promise<void>;
    readonly lockWaitMs?: number;
    readonly rename?: (from: string, to: string) => Promise<void>;
  },
): Promise<{ readonly filled: T; readonly aside: string | undefined }> {
  const beside = fillingFolder(dataDir);
  const wasThere = await exists(dataDir);
  // Held meanwhile, so that no icb starts on what is about to be put aside.
  const held = await lowdbStore({ dir: dataDir, purpose, ...options });
  try {
    await rm(beside, { recursive: true, force: true });
    if (accept) await accept(await held.for(TENANT));
    const filled = await fill(beside);
    await keepSnapshots(dataDir, beside);
    await chmod(beside, (await stat(dataDir)).mode & 0o7777);
    await held.close();
    const aside = asideFolder(dataDir, Temporal.Now.instant());
    await swap(rename, { dataDir, beside, aside });
    if (wasThere) return { filled, aside };
    await rm(aside, { recursive: true, force: true }); // It was made for the lock.
    return { filled, aside: undefined };
  } catch (error) {
    // Without the data folder it is one of the two that can be put back; the next start says so.
    if (await exists(dataDir)) await rm(beside, { recursive: true, force: true });
    throw error;
  } finally {
    await held.close();
  }
}

/** Where what was there before is kept, as the end of what is told. */
export const keptAside = (aside: string | undefined): string =>
  aside === undefined ? '' : ` What was there before is kept in ${aside}.`;

/** Two renames; the first is undone where the second cannot be done. */
async function swap(
  rename: (from: string, to: string) => Promise<void>,
  { dataDir, beside, aside }: { readonly dataDir: string; readonly beside: string; readonly aside: string },
): Promise<void> {
  try {
    await rename(dataDir, aside);
    await rename(beside, dataDir);
  } catch (error) {
    if (!(await exists(dataDir))) await rename(aside, dataDir).catch(() => undefined);
    throw error;
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
