import type { BillingItem } from '../domain/billing-item.ts';
import { dimensions } from './heading.ts';
import type { Dimension } from './widget-definition.ts';

/** Items that agree in every dimension asked for and in their currency; `keys` stand in the order of the dimensions. */
export interface Bucket {
  readonly keys: readonly (string | null)[];
  readonly currency: string;
  readonly items: BillingItem[];
}

/** Buckets in the order their first item came. */
export function bucketItems(items: Iterable<BillingItem>, by: readonly Dimension[]): Bucket[] {
  const keyOf = by.map((dimension) => dimensions[dimension].keyOf);
  const buckets = new Map<string, Bucket>();
  for (const item of items) {
    let id: string = item.currency;
    for (const of of keyOf) id += `\u0000${of(item) ?? '\u0001'}`;
    const bucket = buckets.get(id);
    if (bucket) bucket.items.push(item);
    else buckets.set(id, { keys: keyOf.map((of) => of(item)), currency: item.currency, items: [item] });
  }
  return [...buckets.values()];
}
