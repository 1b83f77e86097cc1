import { SYSTEM } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { isoInstant } from '../domain/calendar.ts';
import type { PostRequest } from '../domain/post-request.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { openRequests, sinceAsked } from './post-requests.ts';

/** How long a second person may take. */
const OPEN_DAYS = 7;
const MOVES_SHOWN = 5;

/**
 * Ends requests that can no longer be approved as they were asked, because an item changed since, and those that nobody
 * decided within a week; each copy of the card says why.
 */
export async function supersedeChangedRequests(core: Core): Promise<void> {
  for (const { id } of await openRequests(core)) {
    const over = await commit<PostRequest | undefined>(core, SYSTEM, async (snapshot) => {
      const request = await snapshot.get('postRequests', id);
      const outcome =
        request?.state === 'open'
          ? overBecause(request, await itemsById(snapshot), core.clock.now())
          : undefined;
      if (!request || !outcome) return { changes: {}, result: undefined };
      const decidedAt = isoInstant(core.clock.now());
      const after: PostRequest = { ...request, state: 'superseded', decidedBy: SYSTEM, decidedAt, outcome };
      return {
        changes: { put: { postRequests: [after] } },
        audit: { action: 'supersede-posting', subject: id, text: `Not posted: ${outcome}` },
        result: after,
      };
    });
    if (over)
      await core.notifier
        .postRequested?.(over)
        .catch((error: unknown) =>
          core.log.warn({ request: id, error: String(error) }, 'approvers could not be told'),
        );
  }
}

export const itemsById = async (snapshot: Snapshot): Promise<ReadonlyMap<string, BillingItem>> =>
  new Map((await snapshot.list('billingItems')).map((item) => [String(item.id), item]));

/** Why a request can no longer be approved as it was asked, in words; undefined while it can. */
export function overBecause(
  request: PostRequest,
  items: ReadonlyMap<string, BillingItem>,
  now: Temporal.Instant,
): string | undefined {
  const until = Temporal.Instant.from(request.at).add({ hours: 24 * OPEN_DAYS });
  if (Temporal.Instant.compare(now, until) > 0)
    return `expired, because nobody approved it within ${OPEN_DAYS} days`;
  const moved = sinceAsked(request, items);
  return moved.length > 0 ? `superseded, because ${moved.slice(0, MOVES_SHOWN).join('; ')}` : undefined;
}
