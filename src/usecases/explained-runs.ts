import type { Activity } from '../domain/activity.ts';
import { addDays, earlier, type IsoDate, type IsoInstant, monthOf } from '../domain/calendar.ts';
import type { LineDecisions } from '../domain/line-decision.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Days } from './explained-days.ts';
import type { ExplainedHold, ExplainedRun } from './explanation.ts';

/** What one run did with one line. */
export interface LineRun {
  readonly run: SyncRun;
  readonly row: Activity;
}

/** A person may let counts through well after their days. */
const DAYS_AFTER = 31;

/** The rows of one plan line in the activity log, oldest first; none where the log has been thinned. */
export async function lineRuns(
  snapshot: Snapshot,
  lineId: string,
  days: Days,
  today: IsoDate,
): Promise<LineRun[]> {
  const until = earlier(addDays(days.to, DAYS_AFTER), today);
  // A run's partition is the month of its instant, which may lie a day beside the business day's.
  const range = { from: monthOf(addDays(days.from, -1)), to: monthOf(addDays(until, 1)) };
  const runs = (await snapshot.list('syncRuns', range)).filter(
    ({ date, dryRun }) => !dryRun && date >= days.from && date <= until,
  );
  const rows = await Promise.all(
    runs.map(async (run) => ({
      run,
      row: await snapshot.get('activity', `${run.id}:${lineId}`, monthOf(run.date)),
    })),
  );
  return rows
    .filter((each): each is LineRun => each.row !== undefined)
    .sort((a, b) => (a.row.at < b.row.at ? -1 : 1));
}

const changedUnits = ({ row }: LineRun): boolean => row.result === 'up' || row.result === 'down';

/**
 * The run whose plan the item's units came with: the newest of the first business day that changed the line once the
 * count was there; for units that are carried into a new period, the run that made its item.
 */
export function runBehind(
  runs: readonly LineRun[],
  { countDate, carriedInto }: { readonly countDate: IsoDate; readonly carriedInto?: IsoDate | undefined },
): ExplainedRun | undefined {
  const fits = carriedInto
    ? runs.find(({ row }) => row.date >= carriedInto)
    : runs.find((each) => each.row.date >= countDate && changedUnits(each));
  const sameDay = runs.filter((each) => each.row.date === fits?.row.date && changedUnits(each));
  const found = carriedInto ? fits : sameDay.at(-1);
  return found && explainedRun(found);
}

const explainedRun = ({ run, row }: LineRun): ExplainedRun => ({
  runId: run.id,
  at: row.at,
  date: row.date,
  trigger: run.trigger,
  by: run.by,
  oldUnits: row.oldUnits ?? 0,
  newUnits: row.newUnits ?? 0,
  reason: row.reason,
});

/** Stretches of runs that held the line, and how each ended. */
export function holdsIn(runs: readonly LineRun[], decisions: LineDecisions | undefined): ExplainedHold[] {
  const holds: ExplainedHold[] = [];
  let stretch: Activity[] = [];
  const close = (next: Activity | undefined): void => {
    const [first] = stretch;
    const last = stretch.at(-1);
    if (!first || !last) return;
    holds.push({
      since: first.date,
      through: last.date,
      oldUnits: last.oldUnits ?? 0,
      newUnits: last.newUnits ?? 0,
      text: first.reason.text,
      ended: endOf(last.at, next, decisions),
    });
    stretch = [];
  };
  for (const { row } of runs) {
    if (row.result === 'held') stretch.push(row);
    // A failed count neither ends a hold nor prolongs it.
    else if (row.result !== 'failed') close(row);
  }
  close(undefined);
  return holds;
}

function endOf(
  heldAt: IsoInstant,
  next: Activity | undefined,
  decisions: LineDecisions | undefined,
): ExplainedHold['ended'] {
  if (next?.reason.code === 'count-returned') return 'returned';
  const decidedSince = ({ at }: { readonly at: IsoInstant }) => at >= heldAt && (!next || at <= next.at);
  if (decisions?.releases.some(decidedSince)) return 'approved';
  if (decisions?.exclusions.some(decidedSince)) return 'excluded';
  return next ? 'otherwise' : 'waiting';
}
