import type { HoldLimits } from '../domain/settings.ts';

export type HoldCode = 'held-zero' | 'held-jump' | 'held-first';

export interface Hold {
  readonly code: HoldCode;
  /** The median that a jump was measured against. */
  readonly usual?: number;
}

export interface CountToTest {
  /** The line's units by that day's count. */
  readonly units: number;
  /** Nothing is left of the count, whatever minimum is billed. */
  readonly nothing: boolean;
  /** What the line has, with what is promised for later days. */
  readonly inForce: number;
  /** Whether it is the mapping's first count. */
  readonly first: boolean;
  /** The line's known units of the preceding 30 days, without undecided held days; read only as far as needed. */
  readonly history: History;
}

/** Each call gives one more day's units; undefined when there are no more. */
export type History = () => number | undefined;

const HALF_OF_HISTORY = 15;

/**
 * Whether a count waits for a person, and why. A count equal to the units in force never does; a first count is judged
 * as a first count, unless it would take away what the PSA held. Source: product.md "Holds".
 */
export function holdOf(
  { units, nothing, inForce, first, history }: CountToTest,
  limits: HoldLimits,
): Hold | undefined {
  if (units === inForce) return undefined;
  if (limits.zero && (first ? units === 0 : nothing)) return { code: 'held-zero' };
  if (first) return limits.firstCounts ? { code: 'held-first' } : undefined;
  const isJump = (from: number) => {
    const jump = Math.abs(units - from);
    return jump > limits.jumpUnits && jump * 100 > from * limits.jumpPercent;
  };
  const known: number[] = [];
  let within = 0;
  for (let other = history(); other !== undefined; other = history()) {
    known.push(other);
    if (!isJump(other)) within += 1;
    // The median lies among them then, whatever the other days say.
    if (within > HALF_OF_HISTORY) return undefined;
  }
  const usual = median(known);
  return known.length > 0 && isJump(usual) ? { code: 'held-jump', usual } : undefined;
}

/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
