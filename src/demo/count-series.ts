import type { Random } from './seeded-random.ts';

/**
 * A count's daily course, oldest day first, that arrives at `last` on its last day: unchanged most days, growing over
 * the year by about a third, in steps small enough that no sync would hold them, and never zero.
 */
export function countSeries(last: number, days: number, random: Random): number[] {
  const series: number[] = [];
  let count = last;
  for (let day = 0; day < days; day++) {
    series.push(count);
    count = Math.max(1, count - changeOf(count, random));
  }
  return series.reverse();
}

/** What a day adds: nothing mostly; bigger counts change more often; three joiners for each leaver. */
function changeOf(count: number, random: Random): number {
  const chance = Math.min(0.15, 0.008 + count * 0.002);
  if (random() >= chance) return 0;
  const size = count > 20 && random() < 0.3 ? 2 : 1;
  return random() < 0.75 ? size : -size;
}
