import type { SourceCount } from '../../../ports/usage-source.ts';

/** Adds up counts by module organization and billing type, in the order they first came. */
export class Tally {
  readonly #counts = new Map<string, Map<string, number>>();

  add(externalId: string, billingType: string, quantity = 1): void {
    const own = this.#counts.get(externalId) ?? new Map<string, number>();
    if (own.size === 0) this.#counts.set(externalId, own);
    own.set(billingType, (own.get(billingType) ?? 0) + quantity);
  }

  counts(): SourceCount[] {
    return [...this.#counts].flatMap(([externalId, own]) =>
      [...own].map(([billingType, quantity]) => ({ externalId, billingType, quantity })),
    );
  }
}
