import type { BillingItem } from '../domain/billing-item.ts';
import { compareMoney, fromTenThousandths, type Money } from '../domain/money.ts';
import { type Bucket, gatherItems } from './gather-items.ts';
import { headingOf, type Names } from './heading.ts';
import type { Field } from './measure.ts';
import { NO_TALLY } from './tally.ts';
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

export const groupDimensions = (by: readonly GroupKey[]): Dimension[] => by.map((key) => GROUP_KEYS[key]);

/** Sums by one or two keys, a group per currency; largest amount first, then by label. */
export const groupItems = (
  items: Iterable<BillingItem>,
  by: readonly GroupKey[],
  names: Names,
): ItemGroup[] => groupBuckets(gatherItems(items, groupDimensions(by), GROUP_FIELDS), by, names);

/** What a group tells, in this order. */
export const GROUP_FIELDS = ['units', 'amount'] as const satisfies Field[];

/** The same from items that are gathered already, by `groupDimensions` and `GROUP_FIELDS`. */
export function groupBuckets(buckets: readonly Bucket[], by: readonly GroupKey[], names: Names): ItemGroup[] {
  const dimensions = groupDimensions(by);
  const groups = buckets.map(({ keys, currency, count, tallies: [units = NO_TALLY, amount = NO_TALLY] }) => {
    const headings = dimensions.map((dimension, i) => headingOf(dimension, keys[i] ?? null, names));
    return {
      key: headings.map((heading) => heading.key).join(SEPARATOR),
      label: headings.map((heading) => heading.label).join(SEPARATOR),
      keys,
      units: Number(units.sum),
      amount: fromTenThousandths(amount.sum),
      currency,
      count,
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
