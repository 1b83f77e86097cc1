import { nearestNames } from '../catalog/nearest-names.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { IcbError } from '../domain/errors.ts';
import type { Snapshot } from '../ports/store.ts';

/** Beginnings are looked for where people look: in the newest months. */
const MONTHS_SEARCHED = 6;
const SHORTEST_BEGINNING = 5;
const MOST_OFFERED = 5;

/**
 * The billing item that a person names: by its id, the beginning of it, or a link to its page.
 * Errors: `not-found` with what is nearest, `bad-input` where several begin so.
 */
export async function findItemByText(snapshot: Snapshot, text: string): Promise<BillingItem> {
  const id = idIn(text);
  const exact = id === '' ? undefined : await snapshot.get('billingItems', id);
  if (exact) return exact;
  const from = (await snapshot.partitions('billingItems')).slice(-MONTHS_SEARCHED)[0];
  const recent = await snapshot.list('billingItems', from === undefined ? {} : { from });
  const begun = id.length < SHORTEST_BEGINNING ? [] : recent.filter((item) => item.id.startsWith(id));
  const [only] = begun;
  if (only && begun.length === 1) return only;
  if (only)
    throw new IcbError(
      'bad-input',
      `${begun.length} billing items begin with "${id}"; type more of the id.`,
      {
        details: begun.slice(0, MOST_OFFERED).map(described),
      },
    );
  throw new IcbError(
    'not-found',
    `There is no billing item "${id}". /icb items lists the newest, the dashboard all of them; the beginning of an id or a link to its page will do.`,
    { details: nearestNames(recent, (item) => item.id, id).map(described) },
  );
}

const described = ({ id, service, itemDate, units }: BillingItem): string =>
  `${id}: ${service}, ${units} units from ${itemDate}`;

/** The id out of what was typed or pasted: a link, an id in quotes or ticks, or the id itself. */
function idIn(text: string): string {
  const typed = text.trim().replace(/^["'`<]+|["'`>]+$/g, '');
  const linked = /\/(?:billing-)?items\/([^/?#\s]+)/.exec(typed)?.[1];
  try {
    return linked === undefined ? typed : decodeURIComponent(linked);
  } catch {
    return typed;
  }
}
