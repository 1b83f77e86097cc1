import { bareAcronym, initialRuns } from './acronyms.ts';
import type { PreparedName } from './prepare-name.ts';

/** How strongly what two names share suggests to compare them. Only the order matters. */
const EQUAL = 1e6;
const ACRONYM = 200;
const WORD = 1;
const GRAM = 0.2;

/** Names that share less than this part of what the nearest shares are not compared. */
const WORTH_IT = 0.3;

/** After so many names that share something rare, what more of them share picks none of them out. */
const ENOUGH = 2_500;

/**
 * Names by what they have in common, so that a name is compared with the plausible ones alone. Adding or removing one
 * takes time in the length of its name, not in the number of names.
 */
export class NameIndex {
  readonly #slots: (PreparedName | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #postings = new Map<string, number[]>();
  #scores = new Float64Array(0);
  /** Long names share more by chance; their scores are divided by this. */
  #lengths = new Float64Array(0);
  #size = 0;

  /** @returns the slot, which `remove` takes */
  add(name: PreparedName): number {
    const slot = this.#free.pop() ?? this.#slots.length;
    this.#slots[slot] = name;
    if (this.#lengths.length <= slot) this.#grow(slot + 1);
    this.#lengths[slot] = Math.sqrt(8 + name.compact.length);
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
    const scores = this.#scores;
    const touched: number[] = [];
    let looked = 0;
    for (const { posting, strength } of this.#rarestFirst(name)) {
      if (looked > ENOUGH && strength < ACRONYM) break;
      looked += posting.length;
      const rarity = Math.log(1 + this.#size / posting.length);
      const gain = strength * rarity * rarity;
      for (const slot of posting) {
        if (scores[slot] === 0) touched.push(slot);
        scores[slot] = (scores[slot] ?? 0) + gain;
      }
    }
    for (const slot of touched) scores[slot] = (scores[slot] ?? 0) / (this.#lengths[slot] ?? 1);
    const best = this.#best(touched, most);
    const least = (scores[best[0] ?? 0] ?? 0) * WORTH_IT;
    const worthIt = best.filter((slot) => (scores[slot] ?? 0) >= least);
    for (const slot of touched) scores[slot] = 0;
    return worthIt;
  }

  /** The slots of the names that are the same. */
  same(name: PreparedName): readonly number[] {
    return this.#postings.get(`=${name.key}`) ?? [];
  }

  get size(): number {
    return this.#size;
  }

  /** Ties are broken by name, so that the order in which names were added does not matter. */
  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#slots[a]?.name ?? '', this.#slots[b]?.name ?? ''];
    return one === other ? a < b : one < other;
  }

  #rarestFirst(name: PreparedName): { readonly posting: readonly number[]; readonly strength: number }[] {
    const found: { posting: readonly number[]; strength: number }[] = [];
    for (const [key, strength] of wantedKeys(name)) {
      const posting = this.#postings.get(key);
      if (posting) found.push({ posting, strength });
    }
    return found.sort((a, b) => a.posting.length - b.posting.length || b.strength - a.strength);
  }

  #best(touched: readonly number[], most: number): number[] {
    const scores = this.#scores;
    const isBetter = (a: number, b: number): boolean => {
      const difference = (scores[a] ?? 0) - (scores[b] ?? 0);
      return difference > 0 || (difference === 0 && this.#isBefore(a, b));
    };
    const kept: number[] = [];
    for (const slot of touched) {
      const last = kept.at(-1);
      if (kept.length === most && last !== undefined && !isBetter(slot, last)) continue;
      let at = kept.length;
      while (at > 0 && isBetter(slot, kept[at - 1] ?? 0)) at--;
      kept.splice(at, 0, slot);
      if (kept.length > most) kept.pop();
    }
    return kept;
  }

  #grow(size: number): void {
    const lengths = new Float64Array(size * 2);
    lengths.set(this.#lengths);
    this.#lengths = lengths;
    this.#scores = new Float64Array(size * 2);
  }
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
  [name.compact, name.letters, name.compactContent].filter((text) => text !== '').map((text) => `c${text}`);

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
