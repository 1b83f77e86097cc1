import type { TokenMatch } from './align-names.ts';
import type { PreparedName, Token } from './prepare-name.ts';
import type { WordMatchKind } from './word-match.ts';
import type { Side, WordRarity } from './word-rarity.ts';

/** How much of a name the other one accounts for. Weights are rarities, 0 to 1 a word. */
export interface WeighedName {
  /** Share of the name's weight that the other name has too; `strong` counts rare words for even more. */
  readonly cover: number;
  readonly strong: number;
  /** The heaviest word that nothing fits; `undamped` also where it stands beside the name proper. */
  readonly rest: number;
  readonly undamped: number;
  /** The weight of all such words. */
  readonly loose: number;
  readonly agreed: number;
  /** The rarest word agreed on, what it weighs, and how the heaviest of them was matched. */
  readonly rarest: number;
  readonly rarestToken: Token | undefined;
  readonly rareKind: WordMatchKind | undefined;
  readonly words: number;
  readonly byKind: Readonly<Record<WordMatchKind, number>>;
  /** 1 where a later part is what fits: "Holding dba Name". */
  readonly aside: number;
}

/** What stands beside the part that fits counts for less, names of sites for little, habits of the module likewise. */
const ASIDE = 0.35;
const ASIDE_MATCHED = 0.6;
const SITE = 0.1;
const HABIT = 0.3;
/** Matches of less quality account for a word but do not identify anybody. */
const GOOD = 0.5;

export function weighName(
  name: PreparedName,
  matches: readonly (TokenMatch | undefined)[],
  rarity: WordRarity,
  side: Side,
): WeighedName {
  const weights = name.tokens.map((token, i) => {
    const isHabit = side === 'right' && !matches[i] && rarity.isHabit(token.canonical, side);
    return rarity.weight(token) * (isHabit ? HABIT : 1);
  });
  const main = mainPart(name, matches, weights);
  const byKind = noKinds();
  let [total, agreed, squares, agreedSquares] = [0, 0, 0, 0];
  let [rest, undamped, loose, words] = [0, 0, 0, 0];
  let [rarest, rarestToken]: [number, Token | undefined] = [0, undefined];
  let [rareWeight, rareKind]: [number, WordMatchKind | undefined] = [0, undefined];
  name.tokens.forEach((token, i) => {
    const match = matches[i];
    const own = weights[i] ?? 0;
    const isGood = match !== undefined && match.quality > GOOD;
    const beside = token.part === main ? 1 : token.kind === 'site' ? SITE : ASIDE;
    const weight = own * (isGood ? Math.max(beside, ASIDE_MATCHED) : beside);
    total += weight;
    squares += weight ** 2;
    if (!match) {
      if (token.kind !== 'site') undamped = Math.max(undamped, own);
      loose += weight;
      rest = Math.max(rest, weight);
      return;
    }
    agreed += weight * match.quality;
    agreedSquares += weight ** 2 * match.quality;
    byKind[match.kind] += weight;
    if (weight > rareWeight) [rareWeight, rareKind] = [weight, match.kind];
    if (!isGood) rest = Math.max(rest, weight * (1 - match.quality));
    else {
      if (token.kind === 'word') words++;
      if (own * match.quality > rarest) [rarest, rarestToken] = [own * match.quality, token];
    }
  });
  for (const kind of Object.keys(byKind) as WordMatchKind[]) byKind[kind] /= total || 1;
  return {
    cover: agreed / (total || 1),
    strong: agreedSquares / (squares || 1),
    rest,
    undamped,
    loose,
    agreed,
    rarest,
    rarestToken,
    rareKind,
    words,
    byKind,
    aside: main === (name.tokens[0]?.part ?? 0) ? 0 : 1,
  };
}

const noKinds = (): Record<WordMatchKind, number> => ({
  same: 0,
  joined: 0,
  spelling: 0,
  short: 0,
  initials: 0,
  initial: 0,
  typo: 0,
  'other-letter': 0,
});

/** The part of a name that fits best; the first, where others fit no better. */
function mainPart(
  { tokens, parts }: PreparedName,
  matches: readonly (TokenMatch | undefined)[],
  weights: readonly number[],
): number {
  let main = tokens[0]?.part ?? 0;
  if (parts === 1) return main;
  const agreed = new Map<number, number>();
  tokens.forEach((token, i) => {
    const worth = (weights[i] ?? 0) * (matches[i]?.quality ?? 0);
    agreed.set(token.part, (agreed.get(token.part) ?? 0) + worth);
  });
  for (const [part, worth] of agreed) if (worth > (agreed.get(main) ?? 0) + 1e-9) main = part;
  return main;
}
