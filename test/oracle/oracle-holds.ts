import type { Day } from './oracle-days.ts';

/** Days before the count whose known counts the jump is measured against. */
const LOOK_BACK = 30;
const JUMP_PERCENT = 25;
const JUMP_UNITS = 5;

/** The middle of the known counts; of an even number of them the mean of the two middle ones. */
function median(counts: readonly number[]): number | undefined {
  const sorted = [...counts].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/**
 * Whether a day's count waits for a person.
 * @param inForce units in force, those promised for the next period included
 * @param nothingLeft the count is zero, whatever minimum is billed
 * @param known the line's count of an earlier day, undefined when it is unknown or does not enter the median
 */
export function isHeld(
  day: Day,
  count: number,
  inForce: number,
  nothingLeft: boolean,
  known: (day: Day) => number | undefined,
  isFirst: boolean,
): boolean {
  if (count === inForce) return false;
  if (isFirst) return count === 0 && inForce > 0;
  if (nothingLeft) return true;
  const before: number[] = [];
  for (let d = day - LOOK_BACK; d < day; d++) {
    const earlier = known(d);
    if (earlier !== undefined) before.push(earlier);
  }
  const middle = median(before);
  if (middle === undefined) return false;
  const jump = Math.abs(count - middle);
  return jump * 100 > middle * JUMP_PERCENT && jump > JUMP_UNITS;
}
