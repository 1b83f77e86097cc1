import type { ChangeBehind } from '../billing/change-behind.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { addDays, earlier, type IsoDate } from '../domain/calendar.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Core } from './core.ts';
import {
  countedDays,
  type Days,
  explainedDays,
  newestReport,
  type ReportsByDay,
  reportsOf,
} from './explained-days.ts';
import { deviceChange, deviceNames, devicesBefore, devicesOn, untoldOn } from './explained-devices.ts';
import type { ExplainedLine, Feed } from './explained-line.ts';
import { holdsIn, lineRuns, runBehind } from './explained-runs.ts';
import type { CountedDay, Explanation } from './explanation.ts';
import { thinnedDays } from './thinned-days.ts';

/** What a module's counts and people's decisions on them tell about an item. */
export interface ExplainedFeed
  extends Pick<
    Explanation,
    'counts' | 'deviceChange' | 'thinned' | 'exclusions' | 'releases' | 'holds' | 'changedBy'
  > {
  /** The report whose count the item comes from. */
  readonly report?: UsageReport;
  /** The module told which devices it counted. */
  readonly ofDevices: boolean;
}

export async function explainedFeed(
  core: Core,
  snapshot: Snapshot,
  { item, feed }: ExplainedLine,
  change: ChangeBehind | undefined,
): Promise<ExplainedFeed | undefined> {
  if (!feed) return undefined;
  const today = core.clock.today();
  const days = explainedDays(item, change, today);
  const [reports, report, runs, thinned] = await Promise.all([
    reportsOf(snapshot, feed.module, days),
    change && newestReport(snapshot, feed.module, change.countDate),
    lineRuns(snapshot, feed.mappingId, days, today),
    thinnedDays(snapshot, feed.module, item, spanOf(days, change), core.clock.timeZone),
  ]);
  const evident = evidentDay(item, change, reports, report);
  const devices = evident === undefined ? undefined : await devicesOn(snapshot, feed, evident);
  const notes = evident === undefined ? [] : await untoldOn(snapshot, feed, evident);
  const before =
    devices && evident !== undefined && item.kind === 'adjustment'
      ? await devicesBefore(snapshot, feed, evident)
      : undefined;
  const holds = holdsIn(runs, feed.decisions);
  const carried = change !== undefined && change.effectiveDate < item.itemDate;
  const changedBy =
    change &&
    runBehind(runs, { countDate: change.countDate, carriedInto: carried ? item.itemDate : undefined });
  const isHeld = ({ date }: CountedDay) => holds.some((hold) => date >= hold.since && date <= hold.through);
  const isGone = ({ date, quantity }: CountedDay) =>
    quantity === null &&
    thinned.some(({ what, from, to }) => what === 'counts' && from <= date && date <= to);
  const known = countedDays(feed, reports, days).filter((day) => !isGone(day));
  const counts = known.map((day): CountedDay => {
    const { names, more } = deviceNames(devices && day.date === evident ? devices : new Map());
    return {
      ...day,
      ...(isHeld(day) ? { held: true } : {}),
      ...(devices && day.date === evident ? { devices: names } : {}),
      ...(more > 0 ? { moreDevices: more } : {}),
      ...(notes.length > 0 && day.date === evident ? { notes } : {}),
    };
  });
  return {
    counts,
    // A module may tell no devices of a billing type at all: then nobody came or went that is known.
    ...(before && devices && evident !== undefined && before.devices.size + devices.size > 0
      ? { deviceChange: deviceChange(before, { date: evident, devices }) }
      : {}),
    thinned,
    ...decisionsIn(feed, days),
    holds: holds.filter((hold) => hold.since <= days.to),
    ...(changedBy && { changedBy }),
    ...(report && { report }),
    ofDevices: devices !== undefined && devices.size > 0,
  };
}

/** The days explained, and the one whose count caused the change, which may lie long before. */
const spanOf = ({ from, to }: Days, change: ChangeBehind | undefined): Days => ({
  from: change ? earlier(from, change.countDate) : from,
  to,
});

/** The day whose devices stand behind the item: that of its change, or for units carried on, its own day. */
function evidentDay(
  { itemDate }: BillingItem,
  change: ChangeBehind | undefined,
  reports: ReportsByDay,
  report: UsageReport | undefined,
): IsoDate | undefined {
  if (report && change?.effectiveDate === itemDate) return report.date;
  const known = [...reports.keys()].sort();
  return known.findLast((date) => date <= itemDate) ?? known[0];
}

function decisionsIn({ decisions }: Feed, { from, to }: Days) {
  return {
    exclusions: (decisions?.exclusions ?? []).filter((each) => each.from <= to && each.until >= from),
    // A release lets every day through that was held until then, so an old one says nothing of later days.
    releases: (decisions?.releases ?? []).filter(
      (each) => each.through >= from && each.through <= addDays(to, 31),
    ),
  };
}
