import { setImmediate } from 'node:timers/promises';
import type { Actor } from '../domain/actor.ts';
import { type IsoMonth, isoInstant } from '../domain/calendar.ts';
import { ModuleId } from '../domain/ids.ts';
import {
  DEFAULT_RETENTION,
  lastMonthToThin,
  type Retention,
  THINNED_KINDS,
  THINNED_NAMES,
  type ThinnedKind,
  type Thinning,
  thinningId,
} from '../domain/retention.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { THIN_STEPS, type ThinStep } from './thin-steps.ts';

/** What was thinned of one kind, or would be. */
export interface ThinnedRow {
  readonly kind: ThinnedKind;
  /** Whole months back that are kept in full; null for ever. */
  readonly months: number | null;
  /** The newest month that is thinned; left out where none is. */
  readonly through?: IsoMonth;
  readonly removed: number;
  /** Records of which a part went. */
  readonly reduced: number;
}

interface Place {
  readonly kind: ThinnedKind;
  readonly month: IsoMonth;
  readonly module?: string;
}

/**
 * Takes out what retention no longer keeps, month by month from the oldest on, each in a commit of its own with its audit
 * entry. Nothing goes that a plan, an item nobody has posted, or the units in force rest on; the audit log, billing items
 * and unit ledgers never do. The same again changes nothing.
 * @param dryRun says what would go, changes nothing
 */
export async function thin(
  core: Core,
  { by, dryRun = false }: { readonly by: Actor; readonly dryRun?: boolean },
): Promise<ThinnedRow[]> {
  const retention = core.retention ?? DEFAULT_RETENTION;
  const rows = new Map<ThinnedKind, ThinnedRow>(
    THINNED_KINDS.map((kind) => [kind, { kind, ...whichOf(core, retention, kind), removed: 0, reduced: 0 }]),
  );
  for (const place of await placesToThin(core, retention)) {
    if (core.syncQueue.stopped) break;
    // A month may take a second of work; whoever waits for an answer has their turn in between.
    await setImmediate();
    const { removed, reduced } = dryRun
      ? await stepOf(core, await core.store.snapshot(), place)
      : await commit(core, by, (snapshot) => thinned(core, snapshot, place));
    const row = rows.get(place.kind);
    if (row) rows.set(place.kind, { ...row, removed: row.removed + removed, reduced: row.reduced + reduced });
  }
  return [...rows.values()];
}

function whichOf(core: Core, retention: Retention, kind: ThinnedKind) {
  const through = lastMonthToThin(core.clock.today(), retention[kind]);
  return { months: retention[kind], ...(through === undefined ? {} : { through }) };
}

/** Where something may be taken out: months that are old enough and have not been thinned for good. */
async function placesToThin(core: Core, retention: Retention): Promise<Place[]> {
  const snapshot = await core.store.snapshot();
  const closed = new Set((await snapshot.list('thinnings')).flatMap(({ id, open }) => (open ? [] : [id])));
  const through = (kind: ThinnedKind) => lastMonthToThin(core.clock.today(), retention[kind]) ?? '';
  const inReach = async (kind: ThinnedKind, ...records: Parameters<Snapshot['partitions']>[0][]) => {
    const partitions = (await Promise.all(records.map((each) => snapshot.partitions(each)))).flat();
    const months = [...new Set(partitions.map((name) => name.slice(0, 7) as IsoMonth))].sort();
    return months.filter((month) => month <= through(kind));
  };
  const places: Place[] = [];
  for (const month of await inReach('counts', 'usageReports'))
    for (const module of await modulesIn(snapshot, month, closed))
      places.push({ kind: 'counts', month, module });
  const months = {
    devices: await inReach('devices', 'usageEvidence'),
    // What is older goes altogether.
    'quiet-activity': (await inReach('quiet-activity', 'activity', 'syncRuns')).filter(
      (month) => month > through('activity'),
    ),
    activity: await inReach('activity', 'activity', 'syncRuns', 'usageUploads'),
  };
  for (const [kind, own] of Object.entries(months))
    for (const month of own) places.push({ kind: kind as ThinnedKind, month });
  const pushes = through('unit-changes');
  if (pushes !== '') places.push({ kind: 'unit-changes', month: pushes as IsoMonth });
  return places.filter(({ kind, month, module }) => !closed.has(thinningId(kind, month, module)));
}

/** Only of months in which a module may be left is the month read at all. */
async function modulesIn(snapshot: Snapshot, month: IsoMonth, closed: ReadonlySet<string>) {
  const states = await snapshot.list('moduleStates');
  if (states.length > 0 && states.every(({ id }) => closed.has(thinningId('counts', month, id)))) return [];
  const reports = await snapshot.list('usageReports', { from: month, to: month });
  return [...new Set(reports.map(({ module }) => module as string))].sort();
}

const stepOf = (core: Core, snapshot: Snapshot, { kind, month, module = '' }: Place): Promise<ThinStep> =>
  THIN_STEPS[kind]({
    snapshot,
    month,
    module,
    today: core.clock.today(),
    at: isoInstant(core.clock.now()),
  });

/** One step with its mark and its audit entry, decided on `snapshot`. */
async function thinned(core: Core, snapshot: Snapshot, place: Place) {
  const step = await stepOf(core, snapshot, place);
  const { kind, month, module } = place;
  const { removed, reduced, open } = step;
  const changed = removed + reduced > 0;
  const id = thinningId(kind, month, module);
  const before = await snapshot.get('thinnings', id);
  const mark: Thinning = {
    id,
    kind,
    month,
    ...(module === undefined ? {} : { module: ModuleId.parse(module) }),
    at: changed || !before ? isoInstant(core.clock.now()) : before.at,
    removed: (before?.removed ?? 0) + removed,
    reduced: (before?.reduced ?? 0) + reduced,
    open,
  };
  // Of unit changes there is nothing to look up by month later.
  const marked = kind !== 'unit-changes' && (changed || open !== (before?.open ?? true));
  return {
    changes: {
      ...step.changes,
      put: { ...step.changes.put, thinnings: marked ? [mark] : [] },
    },
    ...(changed ? { audit: { action: 'thin', subject: id, text: textOf(place, step) } } : {}),
    result: { removed, reduced },
  };
}

function textOf({ kind, month, module }: Place, { removed, reduced }: ThinStep): string {
  const what = `${THINNED_NAMES[kind]}${module ? ` of ${module}` : ''} ${kind === 'unit-changes' ? 'until' : 'of'} ${month}`;
  const left = reduced > 0 ? `, ${reduced} reduced to the counts that bill` : '';
  return `${what} thinned: ${removed} records removed${left}`;
}
