import type { BillingItem } from '../domain/billing-item.ts';

/** Billing items while they change, by contract service. */
export class ItemsByService {
  readonly #services = new Map<string, Map<string, BillingItem>>();

  constructor(items: readonly BillingItem[]) {
    for (const item of items) this.set(item);
  }

  of(contractServiceId: string): BillingItem[] {
    return [...(this.#services.get(contractServiceId)?.values() ?? [])];
  }

  set(item: BillingItem): void {
    this.#services.getOrInsertComputed(item.contractServiceId, () => new Map()).set(item.id, item);
  }

  delete({ contractServiceId, id }: BillingItem): void {
    this.#services.get(contractServiceId)?.delete(id);
  }

  *all(): Generator<BillingItem> {
    for (const own of this.#services.values()) yield* own.values();
  }
}
