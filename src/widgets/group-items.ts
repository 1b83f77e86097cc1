import type { BillingItem } from '../domain/billing-item.ts';
import { compareMoney, type Money, roundToCents, sumMoney } from '../domain/money.ts';
import { bucketItems } from './bucket-items.ts';
import { headingOf, type Names } from './heading.ts';
import type { Dimension } from './widget-definition.ts';

/** What `GET /api/billing-items?groupBy=` offers, and the dimension behind each word. */
export const GROUP_KEYS = {
  module: 'module',
  organization: 'organization',
  billingType: 'billingType',
  service: 'service',
  period: 'month',
  status: 'status',
} as const satisfies Record<string, Dimension>;
export type GroupKey = keyof typeof GROUP_KEYS;

export interface ItemGroup {
  /** The keys joined by ` · ` where two were asked for. */
  readonly key: string;
  readonly label: string;
  /** One per key asked for; null for items without a module or billing type. */
  readonly keys: readonly (string | null)[];
  readonly units: number;
  /** Sum of two-decimal figures. */
  readonly amount: Money;
  readonly currency: string;
  readonly count: number;
}

const SEPARATOR = ' · ';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sums by one or two keys, a group per currency; largest amount first, then by label. */
export function groupItems(items: Iterable<BillingItem>, by: readonly GroupKey[], names: Names): ItemGroup[] {
  const dimensions = by.map((key) => GROUP_KEYS[key]);
  const groups = bucketItems(items, dimensions).map((bucket) => {
    const headings = dimensions.map((dimension, i) => headingOf(dimension, bucket.keys[i] ?? null, names));
    return {
      key: headings.map((heading) => heading.key).join(SEPARATOR),
      label: headings.map((heading) => heading.label).join(SEPARATOR),
      keys: bucket.keys,
      units: bucket.items.reduce((total, item) => total + item.units, 0),
      amount: sumMoney(bucket.items.map((item) => roundToCents(item.amount))),
      currency: bucket.currency,
      count: bucket.items.length,
    };
  });
  return groups.sort(
    (a, b) =>
      compareText(a.currency, b.currency) ||
      compareMoney(b.amount, a.amount) ||
      compareText(a.label, b.label) ||
      compareText(a.key, b.key),
  );
}
