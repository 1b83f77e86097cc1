import type { BillingItem } from '../domain/billing-item.ts';
import { remembered } from '../domain/remembered.ts';
import type { Core } from './core.ts';
import { type BillingItemView, viewOf } from './list-billing-items.ts';
import { namesIn } from './names.ts';

/** People look for what was billed lately; older items are found in the dashboard. */
const MONTHS_SEARCHED = 12;

/** Billing items of the newest months whose organization, service or id holds what was typed, newest first. */
export async function findItems(core: Core, typed: string, most: number): Promise<BillingItemView[]> {
  const snapshot = await core.store.snapshot();
  const names = await namesIn(snapshot);
  const wanted = typed.trim().toLowerCase();
  const holds = (text: string): boolean => text.toLowerCase().includes(wanted);
  const isNamed = remembered(100_000, (organizationId) => holds(names.organization(organizationId)));
  const isWanted = ({ organizationId, service, id }: BillingItem): boolean =>
    isNamed(organizationId) || holds(service) || holds(id);
  const found: BillingItemView[] = [];
  const months = (await snapshot.partitions('billingItems')).slice(-MONTHS_SEARCHED).toReversed();
  for (const month of months) {
    const fits = (await snapshot.list('billingItems', { from: month, to: month })).filter(isWanted);
    for (const item of fits.sort(newestFirst)) {
      found.push(viewOf(item, names));
      if (found.length === most) return found;
    }
  }
  return found;
}

const newestFirst = (a: BillingItem, b: BillingItem): number =>
  a.itemDate > b.itemDate ? -1 : a.itemDate < b.itemDate ? 1 : 0;
