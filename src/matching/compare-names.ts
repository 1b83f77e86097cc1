import type { AcronymRarity } from './acronym-rarity.ts';
import { bareAcronym } from './acronyms.ts';
import { type Alignment, alignNames } from './align-names.ts';
import { OPPOSITE_GROUPS } from './common-words.ts';
import { lettersAlike } from './letter-pairs.ts';
import type { PreparedName, Token } from './prepare-name.ts';
import { type WeighedName, weighName } from './weigh-name.ts';
import type { WordMatchKind } from './word-match.ts';
import type { WordRarity } from './word-rarity.ts';

/** What is known of all names at hand. */
export interface NameStatistics {
  readonly words: WordRarity;
  readonly acronyms: AcronymRarity;
}

export interface Comparison {
  readonly alignment: Alignment;
  readonly evidence: Evidence;
}

/** How two names compare, in numbers from 0 to 1; README.md says what each means. */
export type Evidence = ReturnType<typeof evidenceOf>;

/** Compares an organization's name (left) with a module organization's (right). */
export function compareNames(
  left: PreparedName,
  right: PreparedName,
  statistics: NameStatistics,
): Comparison {
  const alignment = alignNames(left, right);
  return { alignment, evidence: evidenceOf(left, right, alignment, statistics) };
}

function evidenceOf(
  left: PreparedName,
  right: PreparedName,
  alignment: Alignment,
  { words, acronyms }: NameStatistics,
) {
  const l = weighName(left, alignment.left, words, 'left');
  const r = weighName(right, alignment.right, words, 'right');
  const start = flag(isSameStart(left.tokens, alignment));
  const acronym = acronymEvidence(left, right, acronyms);
  return {
    coverLeft: l.cover,
    coverRight: r.cover,
    coverBoth: l.cover * r.cover,
    strongLeft: l.strong,
    strongRight: r.strong,
    restLeft: l.rest,
    restRight: r.rest,
    restBoth: Math.min(l.rest, r.rest),
    contradiction: Math.min(l.undamped, r.undamped),
    looseRest: Math.min(3, l.loose + r.loose) / 3,
    agreed: Math.min(l.agreed, r.agreed, 3) / 3,
    rarestAgreed: Math.min(l.rarest, r.rarest),
    genericOnly: Math.max(0, 0.6 - Math.max(l.rarest, r.rarest)),
    ...kindShares(l, r),
    ...numberEvidence(left.tokens, right.tokens, alignment),
    opposed: flag(isOpposed(left.tokens, right.tokens, alignment)),
    sameStart: start,
    oneStart: start / Math.max(1, words.countOfStart(left, 'left')),
    startIsRight: start * flag(r.cover > WHOLE),
    outOfOrder: outOfOrder(alignment.left),
    alike: lettersAlike(left.compactContent, right.compactContent),
    sameLetters: flag(isSameLetters(left, right)),
    asideLeft: l.aside,
    asideRight: r.aside,
    acronym,
    oneLeft: l.rarestToken ? 1 / Math.max(1, words.count(l.rarestToken.canonical, 'left')) : 0,
    oneWord: flag(Math.min(l.words, r.words) === 1),
    shortWord: flag((l.rarestToken?.text.length ?? 0) <= 3 && l.words <= 1),
    shortSpelling: flag(l.words <= 1 && r.words <= 1 && isShortSpelling(left.tokens, alignment)),
    shortName: flag(Math.min(left.compactContent.length, right.compactContent.length) < 5),
    insideLeft: flag(r.cover > WHOLE && l.rest < 0.5),
  };
}

const WHOLE = 0.97;
const flag = (is: boolean): number => (is ? 1 : 0);

function kindShares(l: WeighedName, r: WeighedName) {
  const more = (kind: WordMatchKind): number => Math.max(l.byKind[kind], r.byKind[kind]);
  const rarestIs = (kind: WordMatchKind): number => flag(l.rareKind === kind || r.rareKind === kind);
  return {
    typo: more('typo'),
    otherLetter: more('other-letter'),
    short: more('short'),
    initials: more('initials'),
    joined: more('joined'),
    initial: more('initial'),
    spelling: more('spelling'),
    rareShort: rarestIs('short'),
    rareOther: rarestIs('other-letter'),
    rareTypo: rarestIs('typo'),
  };
}

/** Numbers of the name proper; those beside it count sites and copies. */
function numberEvidence(left: readonly Token[], right: readonly Token[], { left: l, right: r }: Alignment) {
  const isOpen = (tokens: readonly Token[], side: Alignment['left']): boolean =>
    tokens.some((token, i) => token.kind === 'number' && !side[i] && token.part === tokens[0]?.part);
  const [inLeft, inRight] = [isOpen(left, l), isOpen(right, r)];
  return {
    numbersDiffer: flag(inLeft && inRight),
    numberMissing: flag(inLeft && !inRight),
    numberMissingRight: flag(inRight && !inLeft),
  };
}

const isOpposed = (
  left: readonly Token[],
  right: readonly Token[],
  { left: l, right: r }: Alignment,
): boolean =>
  left.some((token, i) => {
    const group = l[i] ? undefined : OPPOSITE_GROUPS.get(token.canonical);
    return group !== undefined && right.some((other, j) => !r[j] && group.includes(other.canonical));
  });

function isSameStart(left: readonly Token[], { left: l, right: r }: Alignment): boolean {
  const match = l[left.findIndex((token) => token.kind !== 'stop')];
  return (
    match !== undefined && match.quality > 0.5 && r.findIndex((each) => each !== undefined) === match.other
  );
}

/** "Tops" and "Top": a plural is as much of a difference as any, where there is little else. */
const isShortSpelling = (left: readonly Token[], { left: l }: Alignment): boolean =>
  left.some((token, i) => l[i]?.kind === 'spelling' && token.text.length < 5);

function outOfOrder(side: Alignment['left']): number {
  let [last, back, pairs] = [-1, 0, 0];
  for (const match of side) {
    if (!match) continue;
    if (match.other < last) back++;
    last = match.other;
    pairs++;
  }
  return pairs > 1 ? back / (pairs - 1) : 0;
}

/** "Tiny Life" and "TinyLife"; a domain reads without "and". */
const isSameLetters = (left: PreparedName, right: PreparedName): boolean =>
  left.letters !== '' && left.letters === right.letters;

/** Powers of ten, in quarters, by which one name's being the other's initials is rarer than once in the list. 0: it is not. */
function acronymEvidence(left: PreparedName, right: PreparedName, rarity: AcronymRarity): number {
  const [short, long] = right.tokens.length === 1 ? [right, left] : [left, right];
  const bare = bareAcronym(short.tokens);
  if (bare === undefined || long.tokens.length < 2 || !long.acronyms.includes(bare)) return 0;
  return Math.min(1, Math.max(0.01, -Math.log10(rarity.expected(bare)) / 4));
}
