import { expect, test } from 'vitest';
import { randomYear } from '../oracle/random-year.ts';
import { replayYear } from '../oracle/replay-year.ts';

/** `SEED=7 npm run test:long` lives another year. */
const SEED = Number(process.env.SEED ?? 1);

test(`a year of 300 organizations, day by day, bills as the oracle says (seed ${SEED})`, async () => {
  const log = randomYear({ seed: SEED, organizations: 300, moves: 'wild' });
  const began = performance.now();
  const figures = await replayYear(log, { holds: true, seed: SEED });
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`seed ${SEED}: ${JSON.stringify({ steps: log.steps.length, ...figures, seconds })}\n`);
  expect(figures.comparisons).toBe(13);
  expect(figures.items).toBeGreaterThan(5000);
});

test(`twenty years of 10 organizations with and without holds (seeds from ${SEED})`, async () => {
  for (let seed = SEED; seed < SEED + 20; seed++)
    for (const holds of [true, false]) {
      const log = randomYear({ seed, organizations: 10, moves: holds ? 'wild' : 'calm' });
      const figures = await replayYear(log, { holds, seed });
      process.stdout.write(`seed ${seed}: ${JSON.stringify({ holds, ...figures })}\n`);
      expect(figures.items).toBeGreaterThan(50);
    }
});
