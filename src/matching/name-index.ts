import { bareAcronym, initialRuns } from './acronyms.ts';
import type { PreparedName } from './prepare-name.ts';

/** How strongly what two names share suggests to compare them. Only the order matters. */
const EQUAL = 1e6;
const ACRONYM = 200;
const WORD = 1;
const GRAM = 0.2;

/** Above this share of names, what they have in common picks none of them out. */
const TOO_COMMON = 0.1;
const FEW = 400;

/**
 * Names by what they have in common, so that a name is compared with the plausible ones alone. Adding or removing one
 * takes time in the length of its name, not in the number of names.
 */
export class NameIndex {
  readonly #slots: (PreparedName | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #postings = new Map<string, number[]>();
  #scores = new Float64Array(0);
  #size = 0;

  /** @returns the slot, which `remove` takes */
  add(name: PreparedName): number {
    const slot = this.#free.pop() ?? this.#slots.length;
    this.#slots[slot] = name;
    this.#size++;
    for (const key of keysOf(name)) {
      const posting = this.#postings.get(key);
      if (posting) posting.push(slot);
      else this.#postings.set(key, [slot]);
    }
    return slot;
  }

  remove(slot: number): void {
    const name = this.#slots[slot];
    if (!name) return;
    for (const key of keysOf(name)) {
      const rest = (this.#postings.get(key) ?? []).filter((other) => other !== slot);
      if (rest.length > 0) this.#postings.set(key, rest);
      else this.#postings.delete(key);
    }
    this.#slots[slot] = undefined;
    this.#free.push(slot);
    this.#size--;
  }

  /** How many names have this word. */
  count(canonical: string): number {
    return this.#postings.get(`w${canonical}`)?.length ?? 0;
  }

  at(slot: number): PreparedName | undefined {
    return this.#slots[slot];
  }

  /** The slots of the names most worth comparing with this one, at most `most`, best first. */
  nearest(name: PreparedName, most: number): number[] {
    if (this.#scores.length < this.#slots.length) this.#scores = new Float64Array(this.#slots.length * 2);
    const scores = this.#scores;
    const touched: number[] = [];
    for (const [key, strength] of wantedKeys(name)) {
      const posting = this.#postings.get(key);
      if (!posting) continue;
      const isRare = posting.length <= FEW || posting.length <= this.#size * TOO_COMMON;
      if (!isRare && strength < EQUAL) continue;
      const rarity = Math.log(1 + this.#size / posting.length);
      const gain = strength * rarity * rarity;
      for (const slot of posting) {
        if (scores[slot] === 0) touched.push(slot);
        scores[slot] = (scores[slot] ?? 0) + gain;
      }
    }
    const ranked = touched.map((slot) => ({ slot, score: (scores[slot] ?? 0) / this.#length(slot) }));
    for (const slot of touched) scores[slot] = 0;
    return best(ranked, most, (a, b) => this.#isBefore(a, b)).map(({ slot }) => slot);
  }

  get size(): number {
    return this.#size;
  }

  /** Ties are broken by name, so that the order in which names were added does not matter. */
  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#slots[a]?.name ?? '', this.#slots[b]?.name ?? ''];
    return one === other ? a < b : one < other;
  }

  /** Long names share more by chance. */
  #length(slot: number): number {
    return Math.sqrt(8 + (this.#slots[slot]?.compact.length ?? 0));
  }
}

interface Ranked {
  readonly slot: number;
  readonly score: number;
}

function best(ranked: Ranked[], most: number, isBefore: (a: number, b: number) => boolean): Ranked[] {
  const order = (a: Ranked, b: Ranked): number => b.score - a.score || (isBefore(a.slot, b.slot) ? -1 : 1);
  if (ranked.length <= most) return ranked.sort(order);
  const kept: Ranked[] = [];
  for (const one of ranked) {
    const last = kept.at(-1);
    if (kept.length === most && last && order(one, last) >= 0) continue;
    let at = kept.length;
    while (at > 0 && order(one, kept[at - 1] as Ranked) < 0) at--;
    kept.splice(at, 0, one);
    if (kept.length > most) kept.pop();
  }
  return kept;
}

function keysOf(name: PreparedName): Set<string> {
  const keys = new Set<string>([`=${name.key}`, ...compacts(name)]);
  for (const acronym of name.acronyms) keys.add(`a${acronym}`);
  const bare = bareAcronym(name.tokens);
  if (bare) keys.add(`b${bare}`);
  for (const initials of initialRuns(name.tokens)) keys.add(`i${initials}`);
  for (const token of name.tokens) {
    if (token.kind === 'stop') continue;
    keys.add(`w${token.canonical}`);
    for (const gram of gramsOf(token.canonical)) keys.add(gram);
  }
  return keys;
}

const compacts = (name: PreparedName): string[] =>
  [name.compact, name.compactContent].filter((text) => text !== '').map((text) => `c${text}`);

function* wantedKeys(name: PreparedName): Generator<readonly [string, number]> {
  yield [`=${name.key}`, EQUAL];
  for (const key of new Set(compacts(name))) yield [key, EQUAL];
  const bare = bareAcronym(name.tokens);
  if (bare) yield [`a${bare}`, ACRONYM];
  for (const acronym of name.acronyms) yield [`b${acronym}`, ACRONYM];
  const seen = new Set<string>();
  for (const initials of initialRuns(name.tokens)) yield [`w${initials}`, WORD];
  for (const token of name.tokens) {
    if (token.kind === 'stop' || seen.has(token.canonical)) continue;
    seen.add(token.canonical);
    yield [`w${token.canonical}`, WORD];
    yield [`i${token.text}`, WORD];
    for (const gram of gramsOf(token.canonical)) {
      if (seen.has(gram)) continue;
      seen.add(gram);
      yield [gram, GRAM];
    }
  }
}

/** Three letters each, the word's beginning and end counting as one: "acme" → " ac", "acm", "cme", "me ". */
function gramsOf(word: string): string[] {
  const padded = ` ${word} `;
  if (padded.length < 4) return [`g${padded}`];
  return Array.from({ length: padded.length - 2 }, (_, i) => `g${padded.slice(i, i + 3)}`);
}
