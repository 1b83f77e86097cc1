import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Snapshot, TenantStore } from '../ports/store.ts';
import { type BillingItemFilter, filterTest } from '../widgets/billing-item-filter.ts';
import { gatherColumns } from '../widgets/gather-columns.ts';
import { type Bucket, gatherItems } from '../widgets/gather-items.ts';
import type { Field } from '../widgets/measure.ts';
import type { Dimension } from '../widgets/widget-definition.ts';
import type { Core } from './core.ts';
import { type ItemMonths, itemMonths } from './item-months.ts';

export interface Gathering {
  /** All must hold. */
  readonly filters: readonly BillingItemFilter[];
  readonly by: readonly Dimension[];
  readonly fields: readonly Field[];
}

const kept = new WeakMap<TenantStore, ItemMonths>();

/** Billing items summed up by dimensions, from what is kept of each month; only months that changed are read. */
export async function gatherBillingItems(
  { store }: Core,
  snapshot: Snapshot,
  { filters, by, fields }: Gathering,
): Promise<Bucket[]> {
  const months = kept.get(store) ?? itemMonths();
  kept.set(store, months);
  const range = monthsOf(filters);
  const found = await months.read(snapshot, range);
  // Figures so large that their sums might not be exact as numbers.
  if (!found) return oneByOne(snapshot, range, { filters, by, fields });
  const gatherer = gatherColumns(months.dictionaries, filters, by, fields);
  for (const month of found) {
    if (!gatherer.rolledUp) await nextTurn();
    gatherer.add(month);
  }
  return gatherer.buckets();
}

async function oneByOne(
  snapshot: Snapshot,
  range: ReturnType<typeof monthsOf>,
  { filters, by, fields }: Gathering,
): Promise<Bucket[]> {
  const tests = filters.map(filterTest);
  const items = await snapshot.list('billingItems', range);
  return gatherItems(
    items.filter((item) => tests.every((test) => test(item))),
    by,
    fields,
  );
}

/** The months all filters let through. */
function monthsOf(filters: readonly BillingItemFilter[]): { readonly from?: string; readonly to?: string } {
  const froms = filters.flatMap(({ period }) => period?.from ?? []).sort();
  const tos = filters.flatMap(({ period }) => period?.to ?? []).sort();
  const [from, to] = [froms.at(-1), tos[0]];
  return { ...(from && { from }), ...(to && { to }) };
}
