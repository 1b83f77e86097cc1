import type { PreparedName, Token } from './prepare-name.ts';
import { matchWords, type WordMatch, type WordMatchKind } from './word-match.ts';

/** Which words of two names go together. */
export interface Alignment {
  /** By token of each name; undefined where nothing of the other name fits. */
  readonly left: readonly (TokenMatch | undefined)[];
  readonly right: readonly (TokenMatch | undefined)[];
}

export interface TokenMatch {
  readonly kind: WordMatchKind;
  readonly quality: number;
  /** The first token of the other name it goes with. */
  readonly other: number;
}

type Side = (TokenMatch | undefined)[];
const SAME: WordMatch = { kind: 'same', quality: 1 };
const SPELLING: WordMatch = { kind: 'spelling', quality: 0.98 };
const JOINED: WordMatch = { kind: 'joined', quality: 0.97 };

/** Equal words first, then joined ones, initials of several, and last what may be a typo, the best pairs first. */
export function alignNames(left: PreparedName, right: PreparedName): Alignment {
  const l: Side = new Array(left.tokens.length).fill(undefined);
  const r: Side = new Array(right.tokens.length).fill(undefined);
  alignSame(left.tokens, right.tokens, l, r);
  if (isOpen(l, left.tokens) && isOpen(r, right.tokens)) {
    alignRuns(left.tokens, right.tokens, l, r);
    alignRuns(right.tokens, left.tokens, r, l);
    alignAlike(left.tokens, right.tokens, l, r);
  }
  return { left: l, right: r };
}

const isOpen = (side: Side, tokens: readonly Token[]): boolean =>
  tokens.some((token, i) => !side[i] && token.kind !== 'stop');

function alignSame(left: readonly Token[], right: readonly Token[], l: Side, r: Side): void {
  for (let i = 0; i < left.length; i++) {
    const canonical = left[i]?.canonical;
    for (let j = 0; j < right.length; j++) {
      if (r[j] || right[j]?.canonical !== canonical) continue;
      pair(l, r, i, j, left[i]?.text === right[j]?.text ? SAME : SPELLING);
      break;
    }
  }
}

function pair(l: Side, r: Side, i: number, j: number, { kind, quality }: WordMatch): void {
  l[i] = { kind, quality, other: j };
  r[j] = { kind, quality, other: i };
}

/** One word of `one` against several of `many`: written together ("Tinylife", "Tiny Life") or as initials ("CAB"). */
function alignRuns(one: readonly Token[], many: readonly Token[], ones: Side, manys: Side): void {
  one.forEach((token, i) => {
    if (ones[i] || token.kind === 'stop' || token.text.length < 2) return;
    for (let j = 0; j < many.length && !ones[i]; j++) {
      if (manys[j] || many[j]?.text[0] !== token.text[0]) continue;
      const size = joinedSize(token, many, manys, j);
      if (size > 1) claim(ones, manys, i, j, size, JOINED);
      else {
        const initials = initialsSize(token, many, manys, j);
        const quality = token.text.length > 2 ? 0.92 : 0.75;
        if (initials > 1) claim(ones, manys, i, j, initials, { kind: 'initials', quality });
      }
    }
  });
}

function claim(
  ones: Side,
  manys: Side,
  i: number,
  j: number,
  size: number,
  { kind, quality }: WordMatch,
): void {
  ones[i] = { kind, quality, other: j };
  for (let k = j; k < j + size; k++) manys[k] = { kind, quality, other: i };
}

function joinedSize(token: Token, many: readonly Token[], manys: Side, from: number): number {
  let text = '';
  for (let k = from; k < many.length && !manys[k]; k++) {
    text += many[k]?.text ?? '';
    if (text === token.text) return k - from + 1;
    if (!token.text.startsWith(text)) return 0;
  }
  return 0;
}

/** Every letter is the first of a word; words such as "of" may be passed over between them. */
function initialsSize(token: Token, many: readonly Token[], manys: Side, from: number): number {
  if (token.text.length > 7 || !/^\p{L}+$/u.test(token.text)) return 0;
  let letter = 0;
  let k = from;
  for (; k < many.length && !manys[k] && letter < token.text.length; k++) {
    const word = many[k];
    if (!word || word.part !== many[from]?.part) break;
    if (word.text[0] === token.text[letter]) letter++;
    else if (word.kind !== 'stop') break;
  }
  return letter === token.text.length ? k - from : 0;
}

function alignAlike(left: readonly Token[], right: readonly Token[], l: Side, r: Side): void {
  const found: { i: number; j: number; match: WordMatch }[] = [];
  left.forEach((a, i) => {
    if (l[i] || a.kind === 'stop') return;
    right.forEach((b, j) => {
      if (r[j] || b.kind === 'stop' || a.kind === 'number' || b.kind === 'number') return;
      const match = matchWords(a.canonical, b.canonical) ?? cutOff(a, b, left, right);
      if (match) found.push({ i, j, match });
    });
  });
  found.sort((a, b) => b.match.quality - a.match.quality || a.i - b.i || a.j - b.j);
  for (const { i, j, match } of found) if (!l[i] && !r[j]) pair(l, r, i, j, match);
}

/** Modules cut long names: the last word of one may be the beginning of a word of the other. */
function cutOff(a: Token, b: Token, left: readonly Token[], right: readonly Token[]): WordMatch | undefined {
  const cut = (short: Token, long: Token, all: readonly Token[]): boolean =>
    all.at(-1) === short && all.length > 3 && long.text.startsWith(short.text);
  return cut(a, b, left) || cut(b, a, right) ? { kind: 'short', quality: 0.7 } : undefined;
}
