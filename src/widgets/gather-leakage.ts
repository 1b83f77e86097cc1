import type { LeakageRow } from '../domain/leakage.ts';
import { roundToCents } from '../domain/money.ts';
import type { Key } from './axis.ts';
import type { BillingItemFilter } from './billing-item-filter.ts';
import { type Bucket, bucketId } from './gather-items.ts';
import type { Field, Figure } from './measure.ts';
import { tallyOf } from './tally.ts';
import type { Dimension } from './widget-definition.ts';

/** What leakage can be grouped by. */
const KEYS: Partial<Record<Dimension, (row: LeakageRow) => Key>> = {
  module: (row) => row.module,
  organization: (row) => row.organizationId ?? null,
  billingType: (row) => row.billingType,
  reason: (row) => row.reason.code,
};

/** Unknown where no price is known, which is not zero. */
const PARTS: Partial<Record<Field, (row: LeakageRow) => Figure | undefined>> = {
  units: (row) => row.units,
  amount: (row) => row.amount && roundToCents(row.amount),
};

/** Undefined for a filter that asks for what leakage does not have: it lets nothing through, rather than everything. */
function testOf(filter: BillingItemFilter): ((row: LeakageRow) => boolean) | undefined {
  const { module, organization, billingType, currency, ...others } = filter;
  if (Object.values(others).some((part) => part !== undefined)) return undefined;
  const among = (values: readonly string[] | undefined, value: string | undefined): boolean =>
    !values || (value !== undefined && values.includes(value));
  return (row) =>
    among(module, row.module) &&
    among(organization, row.organizationId) &&
    among(billingType, row.billingType) &&
    (currency === undefined || row.currency === currency);
}

/** Usage that bills nowhere, summed up as `gatherItems` does billing items. */
export function gatherLeakage(
  rows: readonly LeakageRow[],
  filters: readonly BillingItemFilter[],
  by: readonly Dimension[],
  fields: readonly Field[],
): Bucket[] {
  const tests = filters.map(testOf);
  const matching = rows.filter((row) => tests.every((test) => test?.(row) ?? false));
  const keysOf = (row: LeakageRow): Key[] => by.map((dimension) => KEYS[dimension]?.(row) ?? null);
  const lists = Map.groupBy(matching, (row) => bucketId(row.currency ?? '', keysOf(row)));
  return [...lists.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const figures = (field: Field): Figure[] =>
      own.map((row) => PARTS[field]?.(row)).filter((part) => part !== undefined);
    return [
      {
        keys: keysOf(first),
        currency: first.currency ?? '',
        count: own.length,
        tallies: fields.map((field) => tallyOf(figures(field))),
      },
    ];
  });
}
