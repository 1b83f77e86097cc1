import { initialRuns } from './acronyms.ts';
import { GENERIC_WORDS } from './common-words.ts';
import type { PreparedName, Token } from './prepare-name.ts';

/** As if this many names of other customers had been read already, so that short lists do not make every word rare. */
const READ_BEFORE = 2_000;
const SHARE_OF_GENERIC = 0.04;
const SHARE_OF_OTHERS = 0.0005;

/** Weight of words that tell nobody apart, and at most of numbers. */
const STOP = 0.03;
const NUMBER = 0.5;
const HABIT = 4;
/** Marks keys that are no words: initials of a few words in a row, and the word a name begins with. */
const INITIALS = '.';
const FIRST = '^';

/** Organizations are left, module organizations right. */
export type Side = 'left' | 'right';

/** In how many of the names at hand each word stands, and how much agreeing on it therefore says. */
export class WordRarity {
  readonly #counts: Readonly<Record<Side, Map<string, number>>> = { left: new Map(), right: new Map() };
  #names = 0;

  add(name: PreparedName, side: Side): void {
    this.#change(name, side, 1);
  }

  remove(name: PreparedName, side: Side): void {
    this.#change(name, side, -1);
  }

  count(canonical: string, side: Side): number {
    return this.#counts[side].get(canonical) ?? 0;
  }

  /** Written again and again on one side and never on the other: a habit of that system ("UA", "Site", "Servers"). */
  isHabit(canonical: string, side: Side): boolean {
    const other = side === 'left' ? 'right' : 'left';
    return (
      this.count(canonical, side) >= HABIT &&
      this.count(canonical, other) === 0 &&
      this.count(`${INITIALS}${canonical}`, other) < HABIT
    );
  }

  /** How many names of a side begin with the word this name begins with. */
  countOfStart(name: PreparedName, side: Side): number {
    return this.count(`${FIRST}${firstWord(name) ?? ''}`, side);
  }

  /** 0 for a word that every name has, 1 for one that a single name has. */
  weight(token: Token): number {
    if (token.kind === 'stop') return STOP;
    const rarity = this.rarity(token.canonical);
    return token.kind === 'number' ? Math.min(NUMBER, rarity) : rarity;
  }

  rarity(canonical: string): number {
    const all = this.#names + READ_BEFORE;
    const before = READ_BEFORE * (GENERIC_WORDS.has(canonical) ? SHARE_OF_GENERIC : SHARE_OF_OTHERS);
    const count = this.count(canonical, 'left') + this.count(canonical, 'right');
    const seen = Math.max(1, count) + before;
    return Math.log(all / seen) / Math.log(all / (1 + READ_BEFORE * SHARE_OF_OTHERS));
  }

  #change(name: PreparedName, side: Side, by: 1 | -1): void {
    const counts = this.#counts[side];
    this.#names += by;
    for (const word of countedKeys(name)) {
      const count = (counts.get(word) ?? 0) + by;
      if (count > 0) counts.set(word, count);
      else counts.delete(word);
    }
  }
}

function countedKeys(name: PreparedName): Set<string> {
  const keys = new Set(name.tokens.map((token) => token.canonical));
  for (const initials of initialRuns(name.tokens, 2)) keys.add(`${INITIALS}${initials}`);
  const first = firstWord(name);
  if (first) keys.add(`${FIRST}${first}`);
  return keys;
}

const firstWord = (name: PreparedName): string | undefined =>
  name.tokens.find((token) => token.kind !== 'stop')?.canonical;
