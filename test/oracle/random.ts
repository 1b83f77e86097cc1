/** A small seeded generator (xorshift, 32 bits): the same seed gives the same year on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0 || 1;
    for (let i = 0; i < 8; i++) this.#next();
  }

  #next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state;
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + (this.#next() % (high - low + 1));
  }

  /** True `percent` of the time. */
  chance(percent: number): boolean {
    return this.#next() % 10_000 < percent * 100;
  }

  pick<T>(from: readonly T[]): T {
    const found = from[this.#next() % from.length];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }
}
