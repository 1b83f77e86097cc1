/** One case: its features, whether it came true, and how much it counts. */
export interface Case {
  readonly features: readonly number[];
  readonly isTrue: boolean;
  readonly weight: number;
}

const ROUNDS = 30;
const LEAST_SLOPE = 1e-6;

/**
 * Logistic regression by Newton's method: the weights that make the cases likeliest, held near 0 by `ridge`, all but the
 * first (the constant).
 */
export function fitLogistic(cases: readonly Case[], ridge: number): number[] {
  const size = cases[0]?.features.length ?? 0;
  const weights = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Float64Array(size);
    const bend = Array.from({ length: size }, () => new Float64Array(size));
    for (const { features, isTrue, weight } of cases) {
      const chance = 1 / (1 + Math.exp(-features.reduce((sum, x, k) => sum + x * (weights[k] ?? 0), 0)));
      const missed = (Number(isTrue) - chance) * weight;
      const steep = Math.max(chance * (1 - chance), LEAST_SLOPE) * weight;
      features.forEach((x, k) => {
        if (x === 0) return;
        slope[k] = (slope[k] ?? 0) + missed * x;
        const row = bend[k] as Float64Array;
        for (let m = 0; m <= k; m++) row[m] = (row[m] ?? 0) + steep * x * (features[m] ?? 0);
      });
    }
    for (let k = 0; k < size; k++) {
      const held = k === 0 ? 1e-3 : ridge;
      slope[k] = (slope[k] ?? 0) - held * (weights[k] ?? 0);
      const row = bend[k] as Float64Array;
      row[k] = (row[k] ?? 0) + held;
    }
    const step = solve(bend, slope);
    step.forEach((by, k) => {
      weights[k] = (weights[k] ?? 0) + by;
    });
    if (step.every((by) => Math.abs(by) < 1e-5)) break;
  }
  return [...weights];
}

/** Solves a positive definite system given by its lower triangle (Cholesky). */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const at = (i: number, j: number): number => lower[i]?.[j] ?? 0;
  const size = right.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    const row = lower[i] as Float64Array;
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      row[j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / at(j, j);
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] ?? 0) - at(i, k) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] = (x[i] ?? 0) - at(k, i) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  return x;
}
