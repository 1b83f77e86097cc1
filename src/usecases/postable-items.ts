import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { Snapshot } from '../ports/store.ts';
import type { BillingItemFilter } from '../widgets/billing-item-filter.ts';
import { groupItems, type ItemGroup } from '../widgets/group-items.ts';
import type { Core } from './core.ts';
import { matchingItems } from './list-billing-items.ts';
import { headingNames } from './names.ts';

export interface Skipped {
  readonly id: string;
  /** A clause for people: `its units may still rise until …`. */
  readonly because: string;
}

export interface Postable {
  readonly due: readonly BillingItem[];
  /** What was asked for and cannot be posted now. */
  readonly skipped: readonly Skipped[];
}

/** What approving and posting the pending items of a filter would post now, and what it would leave and why. */
export async function postableItems(core: Core, filter: BillingItemFilter = {}): Promise<Postable> {
  const snapshot = await core.store.snapshot();
  return sortByDue(core, snapshot, await matchingItems(snapshot, { ...filter, status: 'pending' }));
}

/** The same of all that is pending, with what is due summed by module. */
export async function postableByModule(core: Core): Promise<Postable & { readonly groups: ItemGroup[] }> {
  const snapshot = await core.store.snapshot();
  const postable = await sortByDue(core, snapshot, await matchingItems(snapshot, { status: 'pending' }));
  return { ...postable, groups: groupItems(postable.due, ['module'], await headingNames(snapshot)) };
}

/** Which can be posted now, and why the others cannot. */
export async function sortByDue(
  core: Core,
  snapshot: Snapshot,
  asked: readonly BillingItem[],
): Promise<Postable> {
  const peak = await peakLines(snapshot);
  const today = core.clock.today();
  const skipped: Skipped[] = [];
  const due: BillingItem[] = [];
  for (const item of asked) {
    const because = notPostableBecause(item, peak, today);
    if (because) skipped.push({ id: item.id, because });
    else due.push(item);
  }
  return { due, skipped };
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
