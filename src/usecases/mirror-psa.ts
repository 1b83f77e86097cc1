import {
  addDays,
  addMonths,
  earlier,
  type IsoDate,
  type IsoInstant,
  isoInstant,
  later,
  monthOf,
} from '../domain/calendar.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { PsaPostedItem, PsaUnits, RemotePsa } from '../ports/psa.ts';
import type { Changes, Snapshot } from '../ports/store.ts';
import { matchPosted, type PostedChanges } from '../sync/match-posted.ts';
import { unitRowChanges } from '../sync/unit-row-changes.ts';
import { over } from './broken-off.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { psaActor, psaName } from './psa-name.ts';
import { withPsa, withPsaProblem } from './push-records.ts';
import { noticeOf, problemOf, timeoutOf } from './refresh-book.ts';
import { withSummary } from './remember-summary.ts';

/** Postings and un-postings of so many days are noticed. */
const DAYS_BACK = 62;
/** After a long stop, what was posted since the last reading is read, and some days more. */
const OVERLAP_DAYS = 3;
/** Periods that are posted this late are still found. */
const MONTHS_BACK = 6;
/** No row of units is longer than a year's period. */
const LONGEST_ROW_MONTHS = 12;

/** What a remote PSA holds in units, and what was posted there. */
export interface MirrorReading {
  readonly requests: number;
  readonly reading: Reading | { readonly problem: string };
}

interface Reading {
  readonly from: IsoDate;
  readonly since: IsoInstant;
  readonly units: readonly PsaUnits[];
  readonly posted: readonly PsaPostedItem[];
}

/** Never throws: what could not be read is a problem in words. */
export async function readMirror(core: Core, remote: RemotePsa, run: SyncRun): Promise<MirrorReading> {
  let requests = 0;
  const signal = timeoutOf(run);
  const onRequest = () => {
    requests += 1;
  };
  const reading = await readAll(core, remote, run, { signal, onRequest }).catch((error: unknown) => ({
    problem: problemOf(core, run, error, signal),
  }));
  return { requests, reading };
}

/**
 * Takes over the units that a remote PSA holds and what was approved and posted there, in one commit with the run's record,
 * and ends the run unless `goesOn`. Where nothing is new, nothing but the run is written.
 */
export async function mirrorPsa(
  core: Core,
  run: SyncRun,
  { requests, reading }: MirrorReading,
  { goesOn = false }: { readonly goesOn?: boolean } = {},
): Promise<SyncRun> {
  const counted = withPsa(run, { requests }, noticeOf(core));
  const at = isoInstant(core.clock.now());
  const ended = (told: SyncRun) => (goesOn ? told : over(told, at));
  return commit(core, run.by, async (snapshot) => {
    if ('problem' in reading) {
      const failed = withPsaProblem(await withSummary(snapshot, counted), reading.problem);
      const result = ended(failed);
      return { changes: { put: { syncRuns: [result] } }, result };
    }
    const posted = await postedChanges(core, snapshot, run, reading, at);
    const told = withPsa(await withSummary(snapshot, counted), {}, countsOf(posted));
    const result = ended(told);
    const { put, remove } = await changesOf(snapshot, reading, posted);
    const states = (await snapshot.list('psaStates')).map((state) => ({ ...state, postedReadAt: at }));
    const text = textOf(core, posted);
    return {
      changes: { put: { ...put, psaStates: states, syncRuns: [result] }, remove },
      ...(text ? { audit: { action: 'read-posted', subject: run.id, text } } : {}),
      result,
    };
  });
}

async function readAll(
  core: Core,
  remote: RemotePsa,
  run: SyncRun,
  call: Parameters<RemotePsa['readUnits']>[1],
): Promise<Reading> {
  const snapshot = await core.store.snapshot();
  const oldest = addMonths(run.date, -LONGEST_ROW_MONTHS);
  // Rows of no units are never posted.
  const pending = (await snapshot.list('psaUnits', { from: oldest.slice(0, 7) })).filter(
    ({ postedOn, units }) => postedOn === undefined && units !== 0,
  );
  const first = pending.map(({ start }) => start).reduce(earlier, addDays(run.date, -DAYS_BACK));
  const from = later(first, oldest);
  const last = (await snapshot.get('psaStates', 'psa'))?.postedReadAt;
  const days = (instant: Temporal.Instant, back: number) =>
    isoInstant(instant.subtract({ hours: 24 * back }));
  const since = [
    days(core.clock.now(), DAYS_BACK),
    ...(last ? [days(Temporal.Instant.from(last), OVERLAP_DAYS)] : []),
  ].reduce((a, b) => (a < b ? a : b));
  const [units, posted] = await Promise.all([
    Promise.all(stretches(from, run.date).map((stretch) => remote.readUnits({ from, ...stretch }, call))),
    remote.readPosted({ since }, call),
  ]);
  return { from, since, units: units.flat(), posted };
}

/** Pages of one question come one after another, so rows are asked for month by month, side by side. */
function stretches(from: IsoDate, today: IsoDate): { begunFrom?: IsoDate; through?: IsoDate }[] {
  const cuts: IsoDate[] = [];
  const first = `${monthOf(from)}-01` as IsoDate;
  for (let cut = addMonths(first, 1); cut <= today; cut = addMonths(cut, 1)) cuts.push(cut);
  return [undefined, ...cuts].map((cut, at) => {
    const next = cuts[at];
    return { ...(cut ? { begunFrom: cut } : {}), ...(next ? { through: addDays(next, -1) } : {}) };
  });
}

async function postedChanges(
  core: Core,
  snapshot: Snapshot,
  run: SyncRun,
  { posted, since }: Reading,
  at: IsoInstant,
): Promise<PostedChanges> {
  const oldest = addMonths(since.slice(0, 10) as IsoDate, -MONTHS_BACK);
  // The period of an item that counts from a day inside it begins up to a month earlier.
  const from = addMonths(posted.map(({ itemDate }) => itemDate).reduce(earlier, oldest), -1);
  const [items, contracts, contractServices, unitLedgers, unitPushes] = await Promise.all([
    snapshot.list('billingItems', { from: from.slice(0, 7) }),
    snapshot.list('contracts'),
    snapshot.list('contractServices'),
    snapshot.list('unitLedgers'),
    snapshot.list('unitPushes'),
  ]);
  return matchPosted({
    posted,
    since,
    items,
    contracts,
    contractServices,
    unitLedgers,
    unitPushes,
    today: run.date,
    at,
    by: psaActor(core.psa),
  });
}

type Puts = Required<Pick<Changes, 'put' | 'remove'>>;

async function changesOf(snapshot: Snapshot, reading: Reading, posted: PostedChanges): Promise<Puts> {
  const { put, remove } = await unitChanges(snapshot, reading);
  return {
    put: { ...put, billingItems: posted.put },
    remove: [
      ...remove,
      ...posted.remove.map(({ id, period }) => ({
        kind: 'billingItems' as const,
        id,
        partition: period.start.slice(0, 7),
      })),
    ],
  };
}

async function unitChanges(snapshot: Snapshot, { from, units }: Reading): Promise<Puts> {
  const services = new Set<string>((await snapshot.list('contractServices')).map(({ id }) => id));
  const known = await snapshot.list('psaUnits', { from: addMonths(from, -LONGEST_ROW_MONTHS).slice(0, 7) });
  const rows = unitRowChanges(known, units, from, services);
  return {
    put: { psaUnits: rows.put },
    remove: rows.remove.map(({ id, start }) => ({
      kind: 'psaUnits' as const,
      id,
      partition: start.slice(0, 7),
    })),
  };
}

const countsOf = ({ posted, unposted }: PostedChanges) => ({
  ...(posted > 0 ? { posted } : {}),
  ...(unposted > 0 ? { unposted } : {}),
});

function textOf({ psa }: Core, { posted, unposted }: PostedChanges): string | undefined {
  const said = [
    ...(posted > 0 ? [`${posted} posted`] : []),
    ...(unposted > 0 ? [`${unposted} un-posted`] : []),
  ];
  return said.length === 0 ? undefined : `Billing items found in ${psaName(psa)}: ${said.join(', ')}`;
}
