import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { type IsoDate, isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { Money } from '../domain/money.ts';
import type { Snapshot } from '../ports/store.ts';
import type { BillingItemFilter } from '../widgets/billing-item-filter.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { findItem } from './find-item.ts';
import { itemTotals, matchingItems } from './list-billing-items.ts';

export interface PostResult {
  readonly posted: number;
  readonly totals: readonly { readonly currency: string; readonly amount: Money }[];
  /** Items asked for that were not posted, each with why. */
  readonly skipped: readonly { readonly id: string; readonly because: string }[];
}

/**
 * Approves and posts pending items, by ids or all that match a filter: their amounts are rounded to cents and never
 * change again. Items that are posted already or cannot be posted yet are skipped and named. Errors: `not-found`,
 * `bad-input`, `not-postable` where only the PSA's own page can post.
 */
export async function approveAndPost(
  core: Core,
  {
    by,
    ids,
    filter,
  }: { readonly by: Actor; readonly ids?: readonly string[]; readonly filter?: BillingItemFilter },
): Promise<PostResult> {
  if ((ids === undefined) === (filter === undefined))
    throw new IcbError('bad-input', 'Say which billing items to post: either ids or a filter.');
  return commit(core, by, async (snapshot) => {
    const asked = await askedItems(snapshot, ids, filter);
    const peak = await peakLines(snapshot);
    const today = core.clock.today();
    const skipped: { id: string; because: string }[] = [];
    const due: BillingItem[] = [];
    for (const item of asked) {
      const because = notPostableBecause(item, peak, today);
      if (because) skipped.push({ id: item.id, because });
      else due.push(item);
    }
    const posted = await core.psa.approveAndPost(due, by, isoInstant(core.clock.now()));
    const totals = itemTotals(posted).map(({ currency, amount }) => ({ currency, amount }));
    const result = { posted: posted.length, totals, skipped };
    if (posted.length === 0) return { changes: {}, result };
    const sums = totals.map(({ currency, amount }) => `${amount} ${currency}`).join(' + ');
    const count = posted.length === 1 ? '1 billing item' : `${posted.length} billing items`;
    return {
      changes: { put: { billingItems: posted } },
      audit: {
        action: 'approve-and-post',
        text: `Posted ${count}: ${sums}`,
        after: posted.map((item) => item.id),
      },
      result,
    };
  });
}

async function askedItems(
  snapshot: Snapshot,
  ids: readonly string[] | undefined,
  filter: BillingItemFilter | undefined,
): Promise<BillingItem[]> {
  if (ids) return Promise.all([...new Set(ids)].map((id) => findItem(snapshot, id)));
  return matchingItems(snapshot, { ...filter, status: 'pending' });
}

const lineKey = (line: Pick<BillingItem, 'contractId' | 'module' | 'billingType'>): string =>
  JSON.stringify([line.contractId, line.module, line.billingType]);

async function peakLines(snapshot: Snapshot): Promise<ReadonlySet<string>> {
  const mappings = await snapshot.list('serviceMappings');
  return new Set(
    mappings.filter((each) => each.status === 'mapped' && each.unitRule === 'peak').map(lineKey),
  );
}

function notPostableBecause(
  item: BillingItem,
  peak: ReadonlySet<string>,
  today: IsoDate,
): string | undefined {
  if (item.status === 'posted')
    return `it was already posted by ${item.postedBy?.name ?? 'somebody'} on ${item.postedAt?.slice(0, 10) ?? 'an earlier day'}`;
  if (peak.has(lineKey(item)) && today <= item.period.end)
    return `its units may still rise until the period ends on ${item.period.end}`;
  return undefined;
}
