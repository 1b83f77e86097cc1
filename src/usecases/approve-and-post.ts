import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { type Money, roundToCents } from '../domain/money.ts';
import type { PostRequest } from '../domain/post-request.ts';
import type { Snapshot } from '../ports/store.ts';
import type { BillingItemFilter } from '../widgets/billing-item-filter.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { findItem } from './find-item.ts';
import { itemTotals, matchingItems } from './list-billing-items.ts';
import { itemsById, overBecause } from './open-post-requests.ts';
import { aboveLimit, openRequest, secondPersonNeeded, sinceAsked } from './post-requests.ts';
import { sortByDue } from './postable-items.ts';

export interface PostResult {
  readonly posted: number;
  readonly totals: readonly { readonly currency: string; readonly amount: Money }[];
  /** Items asked for that were not posted, each with why. */
  readonly skipped: readonly { readonly id: string; readonly because: string }[];
  /** The audit entry; none where nothing was posted. */
  readonly change?: string;
  /** The same where it can be taken back as a whole; see `undoPosting`. */
  readonly undo?: string;
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
  return commit<PostResult>(core, by, async (snapshot) => {
    const { due, skipped } = await sortByDue(core, snapshot, await askedItems(snapshot, ids, filter));
    const above = await aboveLimit(snapshot, sumsOf(rounded(due)));
    if (above.length > 0) throw secondPersonNeeded(above);
    const posted = await core.psa.approveAndPost(due, by, isoInstant(core.clock.now()));
    const result = { posted: posted.length, totals: sumsOf(posted), skipped };
    if (posted.length === 0) return { changes: {}, result };
    const change = core.newId('au');
    return {
      changes: { put: { billingItems: posted } },
      audit: {
        id: change,
        action: 'approve-and-post',
        text: `Posted ${inWords(posted)}`,
        after: posted.map((item) => item.id),
      },
      result: { ...result, change, ...(core.psa.kind === 'local' && { undo: change }) },
    };
  });
}

/**
 * Asks a second person to post what is above a limit. Where just this is asked already, by whomever, that request is
 * returned. Errors as above, and `bad-input` where nothing can be posted.
 */
export async function requestPosting(
  core: Core,
  {
    by,
    ids,
    filter,
  }: { readonly by: Actor; readonly ids?: readonly string[]; readonly filter?: BillingItemFilter },
): Promise<PostRequest> {
  if ((ids === undefined) === (filter === undefined))
    throw new IcbError('bad-input', 'Say which billing items to post: either ids or a filter.');
  const { request, isNew } = await commit<{ request: PostRequest; isNew: boolean }>(
    core,
    by,
    async (snapshot) => {
      const { due } = await sortByDue(core, snapshot, await askedItems(snapshot, ids, filter));
      if (due.length === 0) throw new IcbError('bad-input', 'None of these billing items can be posted now.');
      // Where only people post, on the PSA's own page, this says so and where.
      if (core.psa.remote) await core.psa.approveAndPost(due, by, isoInstant(core.clock.now()));
      const asked = await sameRequest(core, snapshot, due);
      if (asked) return { changes: {}, result: { request: asked, isNew: false } };
      const figures = rounded(due);
      const made: PostRequest = {
        id: core.newId('pr'),
        at: isoInstant(core.clock.now()),
        by,
        state: 'open',
        items: due.map(({ id, units, amount, currency }) => ({ id, units, amount, currency })),
        totals: sumsOf(figures),
        places: [],
      };
      return {
        changes: { put: { postRequests: [made] } },
        audit: { action: 'request-posting', subject: made.id, text: `Asked to post ${inWords(figures)}` },
        result: { request: made, isNew: true },
      };
    },
  );
  if (isNew) await told(core, request);
  return request;
}

/** The open request for exactly these items as they are. */
async function sameRequest(
  core: Core,
  snapshot: Snapshot,
  due: readonly BillingItem[],
): Promise<PostRequest | undefined> {
  const open = (await snapshot.list('postRequests')).filter(
    ({ state, items }) => state === 'open' && items.length === due.length,
  );
  const items = new Map(due.map((item) => [String(item.id), item]));
  return open.find((request) => overBecause(request, items, core.clock.now()) === undefined);
}

interface Approved {
  readonly request: PostRequest;
  readonly result: PostResult;
  /** The request is over and nothing was posted. */
  readonly refused?: IcbError;
}

/**
 * A second person approves and posts exactly what was asked. Where an item has changed since, or a week has passed,
 * nothing is posted and the request is over. Errors: `not-found`, `forbidden` for who asked, `conflict` when decided,
 * changed or expired.
 */
export async function approvePostRequest(
  core: Core,
  { by, id }: { readonly by: Actor; readonly id: string },
): Promise<Omit<Approved, 'refused'>> {
  const { refused, ...done } = await commit<Approved>(core, by, async (snapshot) => {
    const request = await openRequest(snapshot, id, by);
    const decided = { ...request, decidedBy: by, decidedAt: isoInstant(core.clock.now()) };
    const all = await itemsById(snapshot);
    const { due } = await sortByDue(
      core,
      snapshot,
      request.items.flatMap((one) => all.get(one.id) ?? []),
    );
    const outcome =
      overBecause(request, all, core.clock.now()) ??
      (due.length < request.items.length ? 'superseded, because some items cannot be posted yet' : undefined);
    if (outcome !== undefined) {
      const over: PostRequest = { ...decided, state: 'superseded', outcome };
      return {
        changes: { put: { postRequests: [over] } },
        audit: { action: 'supersede-posting', subject: id, text: `Not posted: ${outcome}` },
        result: { request: over, refused: refusal(outcome, sinceAsked(request, all)), result: NOTHING },
      };
    }
    const posted = await core.psa.approveAndPost(due, by, isoInstant(core.clock.now()));
    const over: PostRequest = { ...decided, state: 'posted', outcome: `posted ${inWords(posted)}` };
    return {
      changes: { put: { billingItems: posted, postRequests: [over] } },
      audit: {
        action: 'approve-and-post',
        subject: id,
        text: `Posted ${inWords(posted)}, asked by ${request.by.name}`,
        after: posted.map((item) => item.id),
      },
      result: {
        request: over,
        result: { posted: posted.length, totals: sumsOf(posted), skipped: [] },
      },
    };
  });
  await told(core, done.request);
  if (refused) throw refused;
  return done;
}

const NOTHING: PostResult = { posted: 0, totals: [], skipped: [] };

/** What whoever came too late is told; the request itself keeps the outcome. */
const refusal = (outcome: string, moved: readonly string[]): IcbError =>
  moved.length > 0
    ? new IcbError('conflict', 'The items changed since this was asked. Nothing was posted; ask again.', {
        details: [...moved],
      })
    : new IcbError('conflict', `This request is over: ${outcome}. Nothing was posted; ask again.`);

/** Who cannot be told now finds it in the log; what was decided stays decided. */
async function told(core: Core, request: PostRequest): Promise<void> {
  await core.notifier
    .postRequested?.(request)
    .catch((error: unknown) =>
      core.log.warn({ request: request.id, error: String(error) }, 'approvers could not be told'),
    );
}

/** As they will be posted. */
const rounded = (items: readonly BillingItem[]): BillingItem[] =>
  items.map((item) => ({ ...item, amount: roundToCents(item.amount) }));

const sumsOf = (items: readonly BillingItem[]) =>
  itemTotals(items).map(({ currency, amount }) => ({ currency, amount }));

function inWords(items: readonly BillingItem[]): string {
  const sums = sumsOf(items).map(({ currency, amount }) => `${amount} ${currency}`);
  return `${items.length === 1 ? '1 billing item' : `${items.length} billing items`}: ${sums.join(' + ')}`;
}

async function askedItems(
  snapshot: Snapshot,
  ids: readonly string[] | undefined,
  filter: BillingItemFilter | undefined,
): Promise<BillingItem[]> {
  if (ids) return Promise.all([...new Set(ids)].map((id) => findItem(snapshot, id)));
  return matchingItems(snapshot, { ...filter, status: 'pending' });
}
