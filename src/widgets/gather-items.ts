import type { BillingItem } from '../domain/billing-item.ts';
import type { Key } from './axis.ts';
import { dimensions } from './heading.ts';
import { type Field, type Figure, partOf } from './measure.ts';
import { type Tally, tallyOf } from './tally.ts';
import type { Dimension } from './widget-definition.ts';

/** Items that agree in every dimension asked for and in their currency. */
export interface Bucket {
  /** In the order of the dimensions. */
  readonly keys: readonly Key[];
  readonly currency: string;
  readonly count: number;
  /** In the order of the fields asked for. */
  readonly tallies: readonly Tally[];
}

export const bucketId = (currency: string, keys: readonly Key[]): string =>
  [currency, ...keys.map((key) => key ?? '\u0001')].join('\u0000');

/** Buckets of whole items, one by one: the plain way, which `gatherColumns` must equal. */
export function gatherItems(
  items: Iterable<BillingItem>,
  by: readonly Dimension[],
  fields: readonly Field[],
): Bucket[] {
  const keysOf = by.map((dimension) => dimensions[dimension].keyOf);
  const lists = new Map<string, { keys: readonly Key[]; currency: string; items: BillingItem[] }>();
  for (const item of items) {
    const keys = keysOf.map((of) => of(item));
    const id = bucketId(item.currency, keys);
    const list = lists.get(id);
    if (list) list.items.push(item);
    else lists.set(id, { keys, currency: item.currency, items: [item] });
  }
  const known = (field: Field, own: readonly BillingItem[]): Figure[] =>
    own.map((item) => partOf(field, item)).filter((part) => part !== undefined);
  return Array.from(lists.values(), ({ keys, currency, items: own }) => ({
    ...{ keys, currency, count: own.length },
    tallies: fields.map((field) => tallyOf(known(field, own))),
  }));
}
