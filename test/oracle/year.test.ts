import { expect, test } from 'vitest';
import { randomYear } from './random-year.ts';
import { replayYear } from './replay-year.ts';

const SEED = Number(process.env.SEED ?? 3);

test(`a year of 8 organizations bills as the oracle says (seed ${SEED})`, async () => {
  const log = randomYear({
    seed: SEED,
    organizations: Number(process.env.ORGS ?? 8),
    moves: (process.env.MOVES as never) ?? 'calm',
  });
  const figures = await replayYear(log, { holds: false, seed: SEED });
  console.log(figures);
  expect(figures.comparisons).toBeGreaterThan(11);
  expect(figures.posted).toBeGreaterThan(20);
}, 30_000);
