import { thinReports } from '../billing/thin-reports.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { addMonths, type IsoDate, type IsoInstant, type IsoMonth, monthOf } from '../domain/calendar.ts';
import type { ThinnedKind } from '../domain/retention.ts';
import type { Changes, Snapshot } from '../ports/store.ts';
import { doneRows, quietRows } from '../sync/thin-activity.ts';
import { donePushes } from '../sync/thin-pushes.ts';
import { countNeeds, readCountFacts } from './count-needs.ts';

/** What one step of thinning takes away. */
export interface ThinStep {
  readonly changes: Changes;
  readonly removed: number;
  readonly reduced: number;
  /** Something old stayed because it is still needed. */
  readonly open: boolean;
}

interface StepContext {
  readonly snapshot: Snapshot;
  readonly month: IsoMonth;
  /** Of counts. */
  readonly module: string;
  readonly today: IsoDate;
  readonly at: IsoInstant;
}

/** How each kind is thinned in one month; pushes lie in no month and all go with the newest one. */
export const THIN_STEPS: Readonly<Record<ThinnedKind, (context: StepContext) => Promise<ThinStep>>> = {
  counts,
  devices,
  'quiet-activity': quiet,
  activity,
  'unit-changes': unitChanges,
};

async function counts({ snapshot, month, module, today, at }: StepContext): Promise<ThinStep> {
  const reports = (await snapshot.list('usageReports', { from: month, to: monthAfter(month, 1) })).filter(
    (report) => report.module === module,
  );
  const { needs, open } = countNeeds(await readCountFacts(snapshot, today), {
    month,
    module,
    days: reports.map(({ date }) => date).sort(),
    // A period that begins up to 62 days after the month still reaches into it.
    pending: await pendingIn(snapshot, monthAfter(month, -1), monthAfter(month, 3)),
  });
  const own = reports.filter(({ date }) => monthOf(date) === month);
  const { put, remove } = thinReports(own, needs, at);
  return {
    changes: {
      put: { usageReports: put },
      remove: remove.map(({ id }) => ({ kind: 'usageReports', id, partition: month })),
    },
    removed: remove.length,
    reduced: put.length,
    open,
  };
}

async function devices({ snapshot, month }: StepContext): Promise<ThinStep> {
  const evidence = await snapshot.list('usageEvidence', { from: `${month}-01`, to: `${month}-31` });
  const pending = await pendingIn(snapshot, monthAfter(month, -1), monthAfter(month, 3));
  const open = new Set(pending.map((item) => item.module as string | null));
  const done = evidence.filter(({ module }) => !open.has(module));
  const remove = done.map(({ id, date }) => ({ kind: 'usageEvidence' as const, id, partition: date }));
  return { changes: { remove }, removed: done.length, reduced: 0, open: done.length < evidence.length };
}

async function quiet({ snapshot, month }: StepContext): Promise<ThinStep> {
  const rows = await snapshot.list('activity', { from: month, to: month });
  const items = await snapshot.list('billingItems', { from: monthAfter(month, -1), to: month });
  const quiet = quietRows(rows, items);
  const rehearsals = (await runsOf(snapshot, month)).filter(({ dryRun }) => dryRun);
  const remove = quiet.map(({ id }) => ({ kind: 'activity' as const, id, partition: month }));
  return {
    changes: { remove: [...remove, ...rehearsals.map(runRemoval)] },
    removed: remove.length + rehearsals.length,
    reduced: 0,
    open: false,
  };
}

async function activity({ snapshot, month }: StepContext): Promise<ThinStep> {
  const rows = await snapshot.list('activity', { from: month, to: month });
  // A person may let counts through well after their period, so an item's rows lie up to two months behind it.
  const pending = await pendingIn(snapshot, monthAfter(month, -2), month);
  const done = doneRows(rows, pending);
  const gone = new Set(done);
  const told = new Set(rows.filter((row) => !gone.has(row)).map(({ runId }) => runId));
  const runs = (await runsOf(snapshot, month)).filter(({ id }) => !told.has(id));
  const uploads = await snapshot.list('usageUploads', { from: month, to: month });
  return {
    changes: {
      remove: [
        ...done.map(({ id }) => ({ kind: 'activity' as const, id, partition: month })),
        ...runs.map(runRemoval),
        ...uploads.map(({ id }) => ({ kind: 'usageUploads' as const, id, partition: month })),
      ],
    },
    removed: done.length + runs.length + uploads.length,
    reduced: 0,
    open: told.size > 0,
  };
}

async function unitChanges({ snapshot, month }: StepContext): Promise<ThinStep> {
  const old = donePushes(await snapshot.list('unitPushes'), month, []);
  const first = old.map(({ effectiveDate }) => monthOf(effectiveDate)).sort()[0];
  const pending =
    first === undefined ? [] : await pendingIn(snapshot, monthAfter(first, -1), monthAfter(month, 2));
  const done = donePushes(old, month, pending);
  return {
    changes: { remove: done.map(({ id }) => ({ kind: 'unitPushes', id })) },
    removed: done.length,
    reduced: 0,
    open: done.length < old.length,
  };
}

/** A run lies in the month of its instant, which may be one beside its business day's. */
const runsOf = async (snapshot: Snapshot, month: IsoMonth) =>
  (await snapshot.list('syncRuns', { from: monthAfter(month, -1), to: monthAfter(month, 1) })).filter(
    ({ date, state }) => monthOf(date) === month && state !== 'running',
  );

const runRemoval = ({ id, startedAt }: { readonly id: string; readonly startedAt: IsoInstant }) => ({
  kind: 'syncRuns' as const,
  id,
  partition: startedAt.slice(0, 7),
});

const pendingIn = async (snapshot: Snapshot, from: IsoMonth, to: IsoMonth): Promise<BillingItem[]> =>
  (await snapshot.list('billingItems', { from, to })).filter(({ status }) => status === 'pending');

const monthAfter = (month: IsoMonth, months: number): IsoMonth =>
  monthOf(addMonths(`${month}-01` as IsoDate, months));
