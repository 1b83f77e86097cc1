import type { BillingItem } from '../domain/billing-item.ts';
import { addDays, addMonths, dateIn, earlier, type IsoDate, later, monthOf } from '../domain/calendar.ts';
import type { ModuleId } from '../domain/ids.ts';
import type { ThinnedKind } from '../domain/retention.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Days } from './explained-days.ts';

/** Days of which something is gone that was known once. */
export interface ThinnedDays {
  readonly what: 'counts' | 'devices' | 'activity';
  /** Both inclusive. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** The day it was thinned; the last one where it was more than once. */
  readonly on: IsoDate;
}

const WHAT: Partial<Record<ThinnedKind, ThinnedDays['what']>> = {
  counts: 'counts',
  devices: 'devices',
  activity: 'activity',
};

/**
 * What has been thinned of a module's days, each kind once.
 * @param item of one nobody has posted yet everything stays, whatever else of the month goes
 */
export async function thinnedDays(
  snapshot: Snapshot,
  module: ModuleId,
  item: BillingItem,
  days: Days,
  timeZone: string,
): Promise<ThinnedDays[]> {
  const waits = item.status === 'pending' && item.unposted.length === 0;
  const known = new Map<ThinnedDays['what'], ThinnedDays>();
  const [first, last] = [monthOf(days.from), monthOf(days.to)];
  for (const each of await snapshot.list('thinnings')) {
    const what = WHAT[each.kind];
    const counts = each.removed + each.reduced > 0 && (each.module ?? module) === module;
    if (!what || !counts || (waits && each.open) || each.month < first || each.month > last) continue;
    const start = `${each.month}-01` as IsoDate;
    const from = later(days.from, start);
    const to = earlier(days.to, addDays(addMonths(start, 1), -1));
    const on = dateIn(Temporal.Instant.from(each.at), timeZone);
    const before = known.get(what);
    known.set(what, {
      what,
      from: before ? earlier(before.from, from) : from,
      to: before ? later(before.to, to) : to,
      on: before ? later(before.on, on) : on,
    });
  }
  return [...known.values()].sort((a, b) => (a.what < b.what ? 1 : -1));
}

/** The newest of a module's months of which counts are gone. */
export async function countsThinnedThrough(
  snapshot: Snapshot,
  module: ModuleId,
): Promise<IsoDate | undefined> {
  const months = (await snapshot.list('thinnings'))
    .filter((each) => each.kind === 'counts' && each.module === module && each.removed + each.reduced > 0)
    .map(({ month }) => month)
    .sort();
  const last = months.at(-1);
  return last && addDays(addMonths(`${last}-01` as IsoDate, 1), -1);
}
