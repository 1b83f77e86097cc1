import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { prorate } from '../domain/money.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { findItem } from './find-item.ts';
import { type BillingItemView, viewOf } from './list-billing-items.ts';
import { namesIn } from './names.ts';
import { psaPages } from './psa-pages.ts';

/**
 * Takes the posting of an item back, for the local PSA only; who posted it before, and why it was taken back, is kept.
 * Errors: `not-found`, `bad-input`, `not-postable`.
 */
export async function unpostItem(
  core: Core,
  { by, id, reason }: { readonly by: Actor; readonly id: string; readonly reason: string },
): Promise<BillingItemView> {
  const why = z.string().trim().min(1).max(500).safeParse(reason);
  if (!why.success) throw new IcbError('bad-input', 'Say why the posting is taken back; the reason is kept.');
  if (core.psa.kind !== 'local') throw new IcbError('not-postable', await whereInstead(core));
  return commit(core, by, async (snapshot) => {
    const item = await findItem(snapshot, id);
    const pending = pendingAgain(item, { at: isoInstant(core.clock.now()), by, reason: why.data });
    if (!pending) throw new IcbError('bad-input', 'This billing item is not posted.');
    return {
      changes: { put: { billingItems: [pending] } },
      audit: {
        action: 'unpost',
        subject: item.id,
        text: `Took back the posting of ${item.service}: ${why.data}`,
        before: item,
        after: pending,
      },
      result: viewOf(pending, await namesIn(snapshot)),
    };
  });
}

/** A posted item as it was before, with who took its posting back and why; undefined for one that is not posted. */
export function pendingAgain(
  item: BillingItem,
  why: Pick<BillingItem['unposted'][number], 'at' | 'by' | 'reason'>,
): BillingItem | undefined {
  if (item.status !== 'posted' || !item.postedAt || !item.postedBy) return undefined;
  const { postedAt, postedBy, ...rest } = item;
  const { units, days, period, unitPrice, unitCost } = item;
  return {
    ...rest,
    status: 'pending',
    amount: prorate(unitPrice, units, days, period.days),
    ...(unitCost === undefined ? {} : { cost: prorate(unitCost, units, days, period.days) }),
    unposted: [...item.unposted, { postedAt, postedBy, ...why }],
  };
}

export async function whereInstead(core: Core): Promise<string> {
  const pages = await psaPages(core);
  const there = pages ? `: ${pages.approveAndPost}` : '';
  return `Posted items of this PSA are un-posted on its own page${there}. icb picks it up at the next sync.`;
}
