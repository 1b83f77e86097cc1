import type { Random } from './random.ts';

/** `calm`: never zero and never far from the middle, so that nothing is held. `wild`: anything that happens. */
export type Moves = 'calm' | 'wild';

/** One count a day of a billing type at one module organization. */
export function randomCounts(random: Random, days: number, moves: Moves): number[] {
  if (moves === 'calm') {
    let level = random.between(1, 2);
    return Array.from({ length: days }, () => {
      if (random.chance(6)) level = random.between(1, 2);
      return level;
    });
  }
  const counts: number[] = [];
  let level = random.between(0, 25);
  const growth = random.pick([0, 0, 1, 1, 2]);
  for (let day = 0; day < days; day++) {
    if (random.chance(4)) level += random.between(-2, 2) + (random.chance(50) ? growth : 0);
    if (random.chance(0.6)) level += random.between(-15, 20);
    if (random.chance(0.3)) level = 0;
    level = Math.max(0, level);
    counts.push(random.chance(0.7) ? 0 : random.chance(0.4) ? level + random.between(6, 40) : level);
  }
  return counts;
}
