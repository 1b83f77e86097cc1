/** One module organization: whose it is, whose it was said to be. Blank: nobody's, nothing suggested. */
export interface Scored {
  readonly truth: string;
  readonly suggested: string;
  readonly confidence: number;
}

const isRight = ({ truth, suggested }: Scored): boolean => suggested !== '' && suggested === truth;

export const shareRight = (shown: readonly Scored[]): number =>
  shown.length === 0 ? 0 : shown.filter(isRight).length / shown.length;

interface Cut {
  readonly precision: number;
  readonly recall: number;
}

/** Precision and recall at every confidence that occurs; equal confidences stay together. */
function* cuts(scored: readonly Scored[]): Generator<Cut> {
  const mappable = scored.filter(({ truth }) => truth !== '').length;
  const shown = scored
    .filter(({ suggested }) => suggested !== '')
    .toSorted((a, b) => b.confidence - a.confidence);
  let right = 0;
  for (const [i, one] of shown.entries()) {
    if (isRight(one)) right++;
    if (shown[i + 1]?.confidence === one.confidence) continue;
    yield { precision: right / (i + 1), recall: right / mappable };
  }
}

/** The largest share of mappings found by a confidence above which at least `precision` are right. */
export const recallAtPrecision = (scored: readonly Scored[], precision: number): number =>
  [...cuts(scored)].reduce(
    (best, cut) => (cut.precision >= precision ? Math.max(best, cut.recall) : best),
    0,
  );

export const bestF1 = (scored: readonly Scored[]): number =>
  [...cuts(scored)].reduce(
    (best, { precision: p, recall: r }) => Math.max(best, p + r === 0 ? 0 : (2 * p * r) / (p + r)),
    0,
  );
