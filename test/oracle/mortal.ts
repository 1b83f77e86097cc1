import type { Psa } from '../../src/ports/psa.ts';
import type { TenantStore } from '../../src/ports/store.ts';

/** Counts the commits and PSA calls of one process, which dies at one of them. */
export class Mortal {
  calls = 0;
  dead = false;
  readonly #diesAt: number;
  readonly #when: 'before' | 'after';

  /** @param when whether the call that kills has still taken effect */
  constructor(diesAt = Number.POSITIVE_INFINITY, when: 'before' | 'after' = 'before') {
    this.#diesAt = diesAt;
    this.#when = when;
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    this.#alive();
    this.calls += 1;
    if (this.calls !== this.#diesAt) return work();
    if (this.#when === 'after') await work();
    this.dead = true;
    return this.#alive() as never;
  }

  #alive(): void {
    if (this.dead) throw new Error('the process is gone');
  }

  store(inner: TenantStore): TenantStore {
    return {
      snapshot: async () => {
        this.#alive();
        return inner.snapshot();
      },
      commit: (changes, options) => this.#call(() => inner.commit(changes, options)),
    };
  }

  psa(inner: Psa): Psa {
    return {
      kind: inner.kind,
      check: () => inner.check(),
      adjustUnits: (adjustments) => this.#call(() => inner.adjustUnits(adjustments)),
      approveAndPost: (items, by, at) => this.#call(() => inner.approveAndPost(items, by, at)),
    };
  }
}
