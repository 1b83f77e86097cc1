import { createHash } from 'node:crypto';
import type { PlanLine } from '../domain/plan.ts';
import { holdKey } from './decide-line.ts';

/**
 * What a person saw of several held lines: how many, and a hash of which and for what counts, in any order. Short whatever
 * their number, because a Slack button carries 2000 characters.
 */
export function heldDigest(lines: readonly PlanLine[]): string {
  const shown = lines.map((line) => `${line.id} ${holdKey(line)}`).sort();
  const hash = createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 16);
  return `${lines.length}-${hash}`;
}

/** How many lines a `heldDigest` was made of; undefined for what is none. */
export function countOfDigest(digest: string): number | undefined {
  const [, count] = /^(\d{1,9})-/.exec(digest) ?? [];
  return count === undefined ? undefined : Number(count);
}
