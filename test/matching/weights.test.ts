import { expect, it } from 'vitest';
import { PAIR_FEATURES, STANDING_FEATURES } from '../../src/matching/features.ts';
import { BY_NAME, PAIR_WEIGHTS, WEIGHTS } from '../../src/matching/weights.ts';
import { fitLogistic } from '../bench/logistic.ts';

it('every feature has a weight, and every weight a feature', () => {
  expect(Object.keys(BY_NAME)).toEqual([...PAIR_FEATURES, ...STANDING_FEATURES]);
  expect(PAIR_WEIGHTS).toHaveLength(PAIR_FEATURES.length);
  expect([...PAIR_WEIGHTS, ...WEIGHTS].every(Number.isFinite)).toBe(true);
});

it('fitting finds the odds that are in the cases', () => {
  const odds = (features: number[], right: number, wrong: number) => [
    { features, isTrue: true, weight: right },
    { features, isTrue: false, weight: wrong },
  ];
  const [constant = 0, slope = 0] = fitLogistic(
    [...odds([1, 0], 1_000, 3_000), ...odds([1, 1], 9_000, 1_000)],
    0,
  );
  expect(constant).toBeCloseTo(Math.log(1 / 3), 2);
  expect(constant + slope).toBeCloseTo(Math.log(9), 2);
});
