import type { BillingItem } from '../domain/billing-item.ts';
import { IcbError } from '../domain/errors.ts';
import type { Snapshot } from '../ports/store.ts';

/** The billing item of an id; error `not-found`. */
export async function findItem(snapshot: Snapshot, id: string): Promise<BillingItem> {
  const item = await snapshot.get('billingItems', id);
  if (!item) throw new IcbError('not-found', `There is no billing item "${id}". List them with /icb items.`);
  return item;
}
