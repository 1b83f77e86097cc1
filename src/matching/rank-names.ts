import { type Comparison, compareNames, type Evidence, type NameStatistics } from './compare-names.ts';
import { pairFeatures, type Standing, standingFeatures, vetoOf } from './features.ts';
import type { PreparedName } from './prepare-name.ts';
import { PAIR_WEIGHTS, WEIGHTS } from './weights.ts';

/** A name that may be meant, compared and weighed. */
export interface RankedName extends Comparison {
  readonly name: PreparedName;
  /** 0 to 1: how likely it is that both names are one customer's. */
  readonly chance: number;
  readonly isSameName: boolean;
  readonly veto: string | undefined;
}

export interface ComparedName extends Comparison {
  readonly name: PreparedName;
  readonly isSameName: boolean;
  /** What the pair alone says, in logits. */
  readonly logit: number;
  readonly features: readonly number[];
}

/** Equal names are above all that is weighed. */
export const SAME_NAME_LOGIT = 12;
/** A vetoed pair is offered, below all that are sure. */
export const VETOED = 0.8;
const MOST_BY_COVER = 4;

export function compareOne(
  name: PreparedName,
  right: PreparedName,
  statistics: NameStatistics,
): ComparedName {
  const comparison = compareNames(name, right, statistics);
  const features = pairFeatures(comparison.evidence);
  const isSameName = name.key === right.key;
  return {
    ...comparison,
    name,
    isSameName,
    features,
    logit: isSameName ? SAME_NAME_LOGIT : dot(PAIR_WEIGHTS, features),
  };
}

/** Weighs compared names against each other: the gap to the next best says as much as the likeness itself. */
export const rankNames = <C extends ComparedName>(compared: readonly C[]): (C & RankedName)[] =>
  compared
    .map((one, i): C & RankedName => {
      const { evidence } = one;
      const features = [...one.features, ...standingFeatures(standingOf(compared, i), evidence)];
      const weighed = 1 / (1 + Math.exp(-dot(WEIGHTS, features)));
      const chance = one.isSameName ? 1 : Math.min(weighed, mostFor(evidence));
      const veto = one.isSameName ? undefined : vetoOf(evidence);
      return { ...one, chance: veto ? chance * VETOED : chance, veto };
    })
    .sort((a, b) => b.chance - a.chance);

/** Being the only one with a word in common is not enough: in short lists hardly anybody has rivals. */
const mostFor = ({ coverBoth, acronym, sameLetters }: Evidence): number =>
  acronym > 0 || sameLetters > 0 ? 1 : coverBoth * MOST_BY_COVER;

export function standingOf(compared: readonly ComparedName[], at: number): Standing {
  const own = compared[at] as ComparedName;
  const { coverRight, coverLeft } = own.evidence;
  let best = -10;
  let holding = 0;
  let rival = false;
  compared.forEach(({ logit, evidence: other }, i) => {
    if (i === at) return;
    best = Math.max(best, logit);
    if (other.coverRight >= Math.min(0.97, coverRight)) holding++;
    if (other.coverRight >= coverRight - 0.02 && other.coverLeft >= 0.8 * coverLeft) rival = true;
  });
  return {
    gap: Math.max(-3, Math.min(6, own.logit - Math.max(best, -8))),
    best: Math.max(0, Math.min(1, (best + 4) / 8)),
    holding: Math.min(3, holding),
    rival,
  };
}

function dot(weights: readonly number[], features: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += (weights[i] ?? 0) * (features[i] ?? 0);
  return sum;
}
