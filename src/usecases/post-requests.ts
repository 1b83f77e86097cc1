import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { IcbError } from '../domain/errors.ts';
import { isAbove, type Money } from '../domain/money.ts';
import type { PostRequest } from '../domain/post-request.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Core } from './core.ts';
import { officeIn } from './office-settings.ts';

/** The bearer of the API token is one person, and so is the command line: neither approves what it asked itself. */
export const personKey = (by: Actor): string => (by.kind === 'slack' ? `slack:${by.userId}` : by.kind);

type Total = { readonly currency: string; readonly amount: Money };

/** The totals that are above the limit of their currency; empty where one person may post. */
export async function aboveLimit(snapshot: Snapshot, totals: readonly Total[]): Promise<string[]> {
  const { postLimits } = await officeIn(snapshot);
  return totals.flatMap(({ currency, amount }) => {
    const limit = postLimits.find((one) => one.currency === currency);
    return limit && isAbove(amount, limit.amount)
      ? [`${amount} ${currency} is above the limit of ${limit.amount} ${currency}`]
      : [];
  });
}

export const secondPersonNeeded = (above: readonly string[]): IcbError =>
  new IcbError(
    'second-person',
    `${above.join('; ')}: a second person must approve it. Nothing was posted; ask with /icb post, or POST /api/post-requests.`,
  );

/**
 * What differs between what was asked and what is there now, a sentence each. Items are named by their service or
 * counted: their ids tell nobody anything.
 */
export function sinceAsked(
  request: PostRequest,
  now: ReadonlyMap<string, BillingItem | undefined>,
): string[] {
  const pairs = request.items.map((asked) => ({ asked, item: now.get(asked.id) }));
  const posted = pairs.filter(({ item }) => item?.status === 'posted').length;
  const gone = pairs.filter(({ item }) => item === undefined).length;
  const were = (count: number, what: string) =>
    count === 0 ? [] : [`${count} of the items ${count === 1 ? 'was' : 'were'} ${what}`];
  return [
    ...were(posted, 'posted meanwhile'),
    ...were(gone, 'taken away meanwhile'),
    ...pairs.flatMap(({ asked, item }) =>
      !item || item.status === 'posted' || (item.amount === asked.amount && item.units === asked.units)
        ? []
        : [
            `${item.service} from ${item.itemDate}: ${asked.units} units, ${asked.amount} → ${item.units} units, ${item.amount} ${asked.currency}`,
          ],
    ),
  ];
}

/** The request, when this person may decide on it. Errors: `not-found`, `conflict` when decided, `forbidden`. */
export async function openRequest(snapshot: Snapshot, id: string, by: Actor): Promise<PostRequest> {
  const request = await snapshot.get('postRequests', id);
  if (!request) throw new IcbError('not-found', 'There is no such request to post; use /icb post.');
  if (request.state !== 'open')
    throw new IcbError('conflict', `Decided already: ${request.outcome ?? request.state}.`);
  if (personKey(request.by) === personKey(by))
    throw new IcbError(
      'forbidden',
      'You asked for this yourself: another person with the role approver must approve it. Nothing was posted.',
    );
  return request;
}

/** Requests that wait for a second person, oldest first. */
export async function openRequests(core: Core): Promise<PostRequest[]> {
  const all = await (await core.store.snapshot()).list('postRequests');
  return all.filter(({ state }) => state === 'open').sort((a, b) => (a.at < b.at ? -1 : 1));
}
