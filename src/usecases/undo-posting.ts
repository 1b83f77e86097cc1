import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { type ItemTotal, itemTotals } from './list-billing-items.ts';
import { pendingAgain, whereInstead } from './unpost-item.ts';

export interface UndonePosting {
  readonly undone: number;
  readonly totals: readonly ItemTotal[];
  /** Items of that posting that are not as it left them. */
  readonly left: number;
}

/**
 * Takes one whole approve and post back, named by its audit entry: local PSA only, and only what is still as it was
 * posted then. Errors: `not-found`, `not-postable`.
 */
export async function undoPosting(
  core: Core,
  { by, posting, reason }: { readonly by: Actor; readonly posting: string; readonly reason: string },
): Promise<UndonePosting> {
  if (core.psa.kind !== 'local') throw new IcbError('not-postable', await whereInstead(core));
  return commit(core, by, async (snapshot) => {
    const entry = (await snapshot.list('audit')).find(
      ({ id, action }) => id === posting && action === 'approve-and-post',
    );
    if (!entry || !Array.isArray(entry.after))
      throw new IcbError('not-found', 'There is no such posting that could be taken back.');
    const ids = new Set<unknown>(entry.after);
    const asked = (await snapshot.list('billingItems')).filter(({ id }) => ids.has(id));
    const taken = asked.flatMap((item): BillingItem[] => {
      const again =
        item.postedAt === entry.at
          ? pendingAgain(item, { at: isoInstant(core.clock.now()), by, reason })
          : undefined;
      return again ? [again] : [];
    });
    const result = { undone: taken.length, totals: itemTotals(taken), left: ids.size - taken.length };
    if (taken.length === 0) return { changes: {}, result };
    return {
      changes: { put: { billingItems: taken } },
      audit: {
        action: 'undo-posting',
        subject: posting,
        text: `Took back the posting of ${taken.length} billing ${taken.length === 1 ? 'item' : 'items'}: ${reason}`,
        after: taken.map(({ id }) => id),
      },
      result,
    };
  });
}
