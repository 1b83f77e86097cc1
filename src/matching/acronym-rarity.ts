import type { PreparedName } from './prepare-name.ts';

const START = '^';
/** As if so many acronyms with evenly spread letters had been seen before. */
const EVEN = 12;
const ALPHABET = 26;

/**
 * How likely it is that one of the names at hand has certain initials by chance. Letters are not independent: where a
 * third of the names end in "Community Association", initials in "ca" say little. So each letter is weighed by the one before.
 */
export class AcronymRarity {
  readonly #pairs = new Map<string, number>();
  readonly #lengths = new Map<number, number>();
  #names = 0;

  add(name: PreparedName): void {
    this.#change(name, 1);
  }

  remove(name: PreparedName): void {
    this.#change(name, -1);
  }

  /** How many of the names would have these initials, were letters drawn by chance. */
  expected(acronym: string): number {
    const ofLength = ((this.#lengths.get(acronym.length) ?? 0) + 0.5) / (this.#names + 1);
    let chance = ofLength;
    for (const [before, letter] of steps(acronym)) {
      const after = this.#pairs.get(before) ?? 0;
      chance *= ((this.#pairs.get(before + letter) ?? 0) + EVEN / ALPHABET) / (after + EVEN);
    }
    return this.#names * chance;
  }

  #change(name: PreparedName, by: 1 | -1): void {
    const acronym = name.acronyms[0];
    if (acronym === undefined) return;
    this.#names += by;
    this.#lengths.set(acronym.length, (this.#lengths.get(acronym.length) ?? 0) + by);
    for (const [before, letter] of steps(acronym)) {
      for (const key of [before, before + letter]) this.#pairs.set(key, (this.#pairs.get(key) ?? 0) + by);
    }
  }
}

function* steps(acronym: string): Generator<readonly [string, string]> {
  let before = START;
  for (const letter of acronym) {
    yield [before, letter];
    before = letter;
  }
}
