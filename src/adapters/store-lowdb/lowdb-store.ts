import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { IcbError } from '../../domain/errors.ts';
import type { Store } from '../../ports/store.ts';
import { type Disk, durableDisk, explaining } from './disk.ts';
import { fileProblem } from './file-problem.ts';
import { lockFolder } from './folder-lock.ts';
import { refuseHalfSwapped } from './folder-swap.ts';
import { LowdbTenant } from './lowdb-tenant.ts';
import { SheetCache } from './sheet-cache.ts';

export interface LowdbStoreOptions {
  /** Holds a folder per tenant; README.md says what lies there. Made when absent. */
  readonly dir: string;
  /** How long to wait for another process that holds the folder, in milliseconds. */
  readonly lockWaitMs?: number;
  /** How often this process shows that it still holds the folder, in milliseconds: at least 1,000. */
  readonly heartbeatMs?: number;
  /** What this process does, for the sentence another process shows while it is kept out. */
  readonly purpose?: string;
  /** Records kept in memory; those of the partition used longest ago are let go first. */
  readonly cachedRecords?: number;
  /** Bytes of the journal after which its commits are put into files, in the background. */
  readonly journalBytes?: number;
  /** Daily snapshots to keep; none when 0. */
  readonly snapshots?: number;
  /** Is told of what went wrong in the background; no commit is lost by it. */
  readonly warn?: (error: unknown) => void;
  /** The machine's clock, in milliseconds since 1970. */
  readonly now?: () => number;
  readonly delay?: (ms: number) => Promise<unknown>;
  readonly disk?: Disk;
}

const TENANT = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * Opens the embedded store and keeps other processes out of its folder until `close`.
 * @throws IcbError `store-locked` when a live process holds the folder, `store-damaged` when it cannot be written or was
 *   lost by a restore that was broken off
 */
export async function lowdbStore({
  dir,
  lockWaitMs = 10_000,
  heartbeatMs = 5_000,
  purpose = 'icb',
  cachedRecords = 60_000,
  journalBytes = 8 * 2 ** 20,
  snapshots = 0,
  warn = () => {},
  now = Date.now,
  delay = wait,
  disk = durableDisk,
}: LowdbStoreOptions): Promise<Store> {
  await refuseHalfSwapped(dir);
  await mkdir(dir, { recursive: true }).catch((error: unknown) => {
    throw fileProblem('write', dir, error);
  });
  const lock = await lockFolder(dir, { waitMs: lockWaitMs, heartbeatMs, purpose, now, delay });
  const tenants = new Map<string, Promise<LowdbTenant>>();
  const context = {
    disk: explaining(disk),
    cache: new SheetCache(cachedRecords),
    journalBytes,
    snapshots,
    now,
    warn,
    assertHeld: lock.assertHeld,
    assertOpen: () => {
      if (closing)
        throw new IcbError('store-locked', 'The store is closed because icb is stopping; start icb again.');
    },
  };
  let closing: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    const opened = await Promise.allSettled(tenants.values());
    await Promise.all(opened.map((tenant) => tenant.status === 'fulfilled' && tenant.value.close()));
    await lock.release();
  };

  const open = (tenant: string): Promise<LowdbTenant> => {
    const opening = LowdbTenant.open(join(dir, tenant), context);
    tenants.set(tenant, opening);
    opening.catch(() => tenants.delete(tenant)); // Once the cause is gone, opening may be tried again.
    return opening;
  };

  return {
    async for(tenant) {
      context.assertOpen();
      if (!TENANT.test(tenant)) {
        throw new IcbError(
          'bad-input',
          `“${tenant}” is no tenant name; use lower-case letters, digits and hyphens.`,
        );
      }
      return tenants.get(tenant) ?? open(tenant);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
