import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { z } from 'zod';
import { jsonOf } from '../../domain/json-of.ts';

/** Who holds a data folder, as `icb.lock.json` says it. */
const LockHolder = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  /** When the lock was taken, ISO with `Z`. */
  startedAt: z.iso.datetime(),
  purpose: z.string(),
});
export type LockHolder = z.infer<typeof LockHolder>;

export const thisProcess = (purpose: string, now: number): LockHolder => ({
  pid: process.pid,
  host: hostname(),
  startedAt: new Date(now).toISOString(),
  purpose,
});

/** Undefined when there is none, or it is half written by a process that has just got the lock. */
export async function readHolder(path: string): Promise<LockHolder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return LockHolder.safeParse(jsonOf(text)).data;
}

export const writeHolder = (path: string, holder: LockHolder): Promise<void> =>
  writeFile(path, `${JSON.stringify(holder)}\n`);

/**
 * `dead`: certainly gone. `alive`: a process of that number runs on this host. `elsewhere`: another host, of which
 * only the lock's age tells.
 */
export function stateOf(holder: LockHolder, now: number): 'dead' | 'alive' | 'elsewhere' {
  if (holder.host !== hostname()) return 'elsewhere';
  const startedAt = Date.parse(holder.startedAt);
  if (startedAt < now - uptime() * 1000 - CLOCK_SLACK_MS) return 'dead'; // Before this host was started.
  // A container's processes get the same numbers each time: our own number with an earlier start is a predecessor.
  if (holder.pid === process.pid && startedAt < now - process.uptime() * 1000 - CLOCK_SLACK_MS) return 'dead';
  return runs(holder.pid) ? 'alive' : 'dead';
}

/** Clocks are set while machines run; a start is only "before" another beyond this. */
const CLOCK_SLACK_MS = 1_000;

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // It runs as another user.
  }
}

/**
 * Takes a dead holder's file away. Of several processes that see the same dead holder one gets true; should the file
 * be a newer holder's by now, it is put back.
 */
export async function claimFrom(path: string, dead: LockHolder): Promise<boolean> {
  const claim = `${path}.${process.pid}`;
  try {
    await rename(path, claim);
  } catch {
    return false;
  }
  const claimed = await readHolder(claim);
  const same = claimed?.pid === dead.pid && claimed.startedAt === dead.startedAt;
  await (same ? rm(claim, { force: true }) : rename(claim, path));
  return same;
}
