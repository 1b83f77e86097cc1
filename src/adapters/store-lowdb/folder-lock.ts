import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { IcbError } from '../../domain/errors.ts';
import { fileProblem } from './file-problem.ts';
import { claimFrom, type LockHolder, readHolder, stateOf, thisProcess, writeHolder } from './lock-holder.ts';

export interface FolderLock {
  /** Throws `store-locked` once the lock is lost: another process may be writing. */
  readonly assertHeld: () => void;
  readonly release: () => Promise<void>;
}

interface LockOptions {
  readonly waitMs: number;
  /** How often the lock is touched. */
  readonly heartbeatMs: number;
  readonly purpose: string;
  readonly now: () => number;
  readonly delay: (ms: number) => Promise<unknown>;
}

const LOOK_AGAIN_MS = 200;
/** A lock that was not touched for this long is nobody's, unless its process is seen alive on this host. */
const STALE_MS = 30_000;

/**
 * Keeps other processes out of a folder. A holder that is dead on this host is succeeded at once. A live one is waited
 * for; after the wait it is succeeded only if it has not touched its lock for long, as when its number was given to
 * another program. A holder on another host is respected until its lock is old.
 * @throws IcbError `store-locked` naming the holder
 */
export async function lockFolder(dir: string, options: LockOptions): Promise<FolderLock> {
  const { waitMs, heartbeatMs, purpose, now, delay } = options;
  const lockPath = join(dir, 'icb.lock');
  const holderPath = join(dir, 'icb.lock.json');
  const deadline = now() + waitMs;
  let lost = false;

  const tryLock = (stale: number): Promise<(() => Promise<void>) | undefined> =>
    lock(dir, {
      lockfilePath: lockPath,
      stale,
      update: heartbeatMs,
      onCompromised: () => {
        lost = true;
      },
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ELOCKED') return undefined;
      throw fileProblem('write', lockPath, error);
    });

  const take = async (): Promise<() => Promise<void>> => {
    for (;;) {
      const holder = await readHolder(holderPath);
      const state = holder && stateOf(holder, now());
      if (holder && state === 'dead' && (await claimFrom(holderPath, holder))) {
        await rmdir(lockPath).catch(() => undefined);
      }
      const last = now() >= deadline;
      const unlock = await tryLock(state === 'alive' && !last ? Number.POSITIVE_INFINITY : STALE_MS);
      if (unlock) return unlock;
      if (last) throw heldBy(dir, holder);
      await delay(LOOK_AGAIN_MS);
    }
  };

  const unlock = await take();
  await writeHolder(holderPath, thisProcess(purpose, now())).catch(async (error: unknown) => {
    await unlock();
    throw fileProblem('write', holderPath, error);
  });
  return {
    assertHeld: () => {
      if (lost) throw lockLost(dir);
    },
    release: async () => {
      if (lost) return; // The files are another process's now.
      await rm(holderPath, { force: true });
      await unlock();
    },
  };
}

const heldBy = (dir: string, holder: LockHolder | undefined): IcbError =>
  new IcbError(
    'store-locked',
    holder
      ? `The data folder ${dir} is in use by process ${holder.pid} (${holder.purpose}) on ${holder.host} since ${holder.startedAt}; stop that process and try again.`
      : `The data folder ${dir} is in use by another process that has not said which; wait a minute and try again.`,
  );

const lockLost = (dir: string): IcbError =>
  new IcbError(
    'store-locked',
    `This process no longer holds the data folder ${dir}, so nothing was written; another process may be using it. Stop one of them and start icb again.`,
  );
