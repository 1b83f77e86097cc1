import { expect, test } from 'vitest';
import { randomYear } from './random-year.ts';
import { replayYear } from './replay-year.ts';

/** A short round of `npm run test:long`. */
test('a year of 6 organizations, day by day, bills as the oracle says (seed 3)', async () => {
  const log = randomYear({ seed: 3, organizations: 6, moves: 'wild' });
  const figures = await replayYear(log, { holds: true, seed: 3 });
  expect(figures.comparisons).toBe(13);
  expect(figures.posted).toBeGreaterThan(100);
  expect(Math.min(figures.released, figures.excluded)).toBeGreaterThan(5);
});

test('and one with holds off (seed 10)', async () => {
  const log = randomYear({ seed: 10, organizations: 4, days: 120, moves: 'calm' });
  const figures = await replayYear(log, { holds: false, seed: 10 });
  expect(figures.comparisons).toBe(5);
  expect(figures.posted).toBeGreaterThan(20);
});
