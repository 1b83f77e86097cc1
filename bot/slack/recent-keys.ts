interface Limits {
  /** Milliseconds by the machine's clock. */
  readonly now: () => number;
  /** How long a key is remembered. */
  readonly forMs: number;
  /** The oldest goes first: memory stays bounded whatever arrives. */
  readonly atMost?: number;
}

/**
 * What was taken a short while ago. In memory on purpose: it guards against repeats seconds apart; what must hold over a
 * restart (nothing is posted or mapped twice) the use cases guarantee by the state in the store.
 */
export class RecentKeys {
  readonly #limits: Limits;
  readonly #until = new Map<string, number>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Whether `key` is new; from now on it is not. */
  take(key: string): boolean {
    const now = this.#limits.now();
    // Keys stand in the order they came, so the first that still holds ends the sweep.
    for (const [old, until] of this.#until) {
      if (until > now) break;
      this.#until.delete(old);
    }
    if (this.#until.has(key)) return false;
    const [oldest] = this.#until.keys();
    if (this.#until.size >= (this.#limits.atMost ?? 10_000) && oldest !== undefined)
      this.#until.delete(oldest);
    this.#until.set(key, now + this.#limits.forMs);
    return true;
  }

  /** What could not be done may be tried again. */
  forget(key: string): void {
    this.#until.delete(key);
  }

  get size(): number {
    return this.#until.size;
  }
}
