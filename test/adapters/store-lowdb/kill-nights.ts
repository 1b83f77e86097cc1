import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../../src/demo/seeded-random.ts';

export interface Kills {
  kills: number;
  acknowledged: number;
  /** Commits that were there after a kill though it came before they were acknowledged. */
  unacknowledged: number;
  losses: number;
  halfCommits: number;
  notOpened: number;
}

/** So many commits make the audit long enough; then it begins anew in an empty folder. */
const FRESH_AFTER = 400;

/**
 * Lets a process commit and kills it (`kill -9`) at a random moment, again and again in the same folder. The next
 * process tells what it finds: it must be exactly what the last acknowledged commit left, or the one that was under way.
 */
export async function killNights(given: {
  readonly dir: string;
  readonly kills: number;
  readonly seed: number;
  /** Of a process between its first sign of life and its end. */
  readonly longestMs: number;
}): Promise<Kills> {
  const random = seededRandom(`${given.seed}`);
  const told: Kills = {
    kills: 0,
    acknowledged: 0,
    unacknowledged: 0,
    losses: 0,
    halfCommits: 0,
    notOpened: 0,
  };
  let last = 0;
  while (true) {
    const life = await oneLife(given.dir, told.kills < given.kills ? random() * given.longestMs : 0);
    if (life.found === undefined) told.notOpened += 1;
    else {
      if (life.found < last) told.losses += last - life.found;
      if (life.found > last) told.unacknowledged += 1;
      if (life.found > last + 1 || life.problems.length > 0) told.halfCommits += 1;
      told.acknowledged += life.last - life.found;
      last = life.last;
    }
    // The last process only looks.
    if (told.kills === given.kills || life.found === undefined) return told;
    told.kills += 1;
    if (last > FRESH_AFTER) {
      await rm(given.dir, { recursive: true, force: true });
      last = 0;
    }
  }
}

interface Life {
  readonly found: number | undefined;
  readonly problems: readonly string[];
  readonly last: number;
}

async function oneLife(dir: string, ms: number): Promise<Life> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'night-writer.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let life: Life = { found: undefined, problems: [], last: 0 };
  for await (const line of createInterface({ input: child.stdout })) {
    const { found, problems, acknowledged } = JSON.parse(line);
    if (found !== undefined) {
      life = { found, problems, last: found };
      wait(ms).then(() => child.kill('SIGKILL'));
    } else life = { ...life, last: acknowledged };
  }
  await exited;
  return life;
}
