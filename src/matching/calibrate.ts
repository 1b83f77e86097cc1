/** At this confidence and above a suggestion may be ticked beforehand: 99 of 100 are right (README.md "Calibration"). */
export const SURE = 0.95;
/** Below this nothing is offered alone. */
export const LEAST = 0.4;
/** Below this nothing is offered beside others. */
export const LEAST_BESIDE = 0.15;

/** What is weighed, against how often it was right on the labelled lists: the sum is too modest near the top. */
const POINTS: readonly (readonly [chance: number, confidence: number])[] = [
  [0, 0],
  [0.8, 0.8],
  [0.9, SURE],
  [1, 0.99],
];

/** A chance as a confidence that can be taken at its word: of those shown at 0.95, 95 of 100 are right. */
export function calibrate(chance: number): number {
  const at = POINTS.findIndex(([limit]) => chance <= limit);
  const [x1, y1] = POINTS[Math.max(1, at)] ?? [1, 1];
  const [x0, y0] = POINTS[Math.max(1, at) - 1] ?? [0, 0];
  return Math.floor((y0 + ((chance - x0) / (x1 - x0)) * (y1 - y0)) * 1000) / 1000;
}
