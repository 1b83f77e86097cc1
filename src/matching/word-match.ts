import { OPPOSITE_GROUPS } from './common-words.ts';
import { editsBetween } from './edit-kind.ts';

export type WordMatchKind =
  | 'same'
  | 'joined'
  | 'spelling'
  | 'short'
  | 'initials'
  | 'initial'
  | 'typo'
  | 'other-letter';

export interface WordMatch {
  readonly kind: WordMatchKind;
  /** 0 to 1: how much of the word's weight the match is worth. */
  readonly quality: number;
}

const SPELLING: WordMatch = { kind: 'spelling', quality: 0.97 };
const INITIAL: WordMatch = { kind: 'initial', quality: 0.35 };

/** Whether two different words may be one, and how. Cheap tests first: most pairs fail them. */
export function matchWords(a: string, b: string): WordMatch | undefined {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1) return long.startsWith(short) && /^\p{L}$/u.test(short) ? INITIAL : undefined;
  if (/\d/u.test(short)) return undefined;
  if (OPPOSITE_GROUPS.get(a)?.includes(b)) return undefined;
  if (withoutUmlauts(a) === withoutUmlauts(b)) return SPELLING;
  const shortened = matchShortened(short, long);
  return shortened ?? matchTypo(a, b);
}

/** "Müller", "Mueller" and "Muller"; "kj" and other pairs are left to typos. */
const withoutUmlauts = (word: string): string => word.replace(/(?<=[aou])e/gu, '').replace(/ph/gu, 'f');

const LEAST_PREFIX = 3;

/** "Internat" for "international", "Tchnlgs" for "technologies". */
function matchShortened(short: string, long: string): WordMatch | undefined {
  if (short.length < LEAST_PREFIX || short[0] !== long[0]) return undefined;
  if (long.startsWith(short) && long.length - short.length >= 2) {
    return { kind: 'short', quality: 0.55 + 0.35 * (short.length / long.length) };
  }
  const bones = withoutVowels(long);
  return bones.length >= LEAST_PREFIX && short === bones ? { kind: 'short', quality: 0.75 } : undefined;
}

const withoutVowels = (word: string): string => word.slice(0, 1) + word.slice(1).replace(/[aeiouy]/gu, '');

const most = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : length < 13 ? 2 : 3);

function matchTypo(a: string, b: string): WordMatch | undefined {
  const shorter = Math.min(a.length, b.length);
  const budget = most(shorter);
  if (budget === 0 || (a[0] !== b[0] && a[1] !== b[1] && a[1] !== b[0])) return undefined;
  const edits = editsBetween(a, b, budget);
  if (!edits) return undefined;
  const quality = 1 - (1.2 * (edits.slips + 1.5 * edits.replaced)) / shorter;
  return { kind: edits.replaced > 0 ? 'other-letter' : 'typo', quality };
}
