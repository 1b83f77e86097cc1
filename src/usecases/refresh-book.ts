import type { IsoDate } from '../domain/calendar.ts';
import { IcbError, isIcbError } from '../domain/errors.ts';
import type { PsaState } from '../domain/psa-state.ts';
import { same } from '../domain/same.ts';
import type { PsaOutcome, SyncRun } from '../domain/sync-run.ts';
import type { PsaBook, RemotePsa } from '../ports/psa.ts';
import type { Changes, Snapshot } from '../ports/store.ts';
import { type BookChanges, bookChanges, type Difference, type KnownBook } from '../sync/book-changes.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { psaName } from './psa-name.ts';
import { withSummary } from './remember-summary.ts';

/** At night a large book has time; on demand a person waits, though the first book of all takes longer than a module. */
const TIMEOUT_MS = { person: 5 * 60_000, night: 15 * 60_000 };

/** How long an organization that is gone may stay unnoticed: only a reading of all tells. */
const ALL_AGAIN_AFTER_DAYS = 7;

/** A book of which much is left out is told of by its first records. */
const LEFT_OUT_TOLD = 50;

export interface BookReading {
  readonly requests: number;
  readonly book?: PsaBook;
  /** Why there is none, in words for people. */
  readonly problem?: string;
}

/** Reads organizations, contracts and contract services from the remote PSA. Never throws: a failure is a problem in words. */
export async function readBook(core: Core, remote: RemotePsa, run: SyncRun): Promise<BookReading> {
  let requests = 0;
  const onRequest = () => {
    requests += 1;
  };
  const signal = timeoutOf(run);
  try {
    const { reachable, sandbox, problem } = await core.psa.check();
    const name = psaName(core.psa);
    if (!reachable)
      throw new IcbError('psa-unavailable', problem ?? `${name} does not answer. Try again later.`);
    if (sandbox)
      throw new IcbError(
        'psa-sandbox',
        problem ?? `This ${name} is a sandbox; integrated billing works on a live one only.`,
      );
    const state = await (await core.store.snapshot()).get('psaStates', 'psa');
    const since = state && !isAllDue(state, run.date) ? { since: state.bookmark } : {};
    return { book: await remote.readBook({ today: run.date, ...since }, { signal, onRequest }), requests };
  } catch (error) {
    return { problem: problemOf(core, run, error, signal), requests };
  }
}

const isAllDue = ({ allOn }: PsaState, today: IsoDate): boolean =>
  Temporal.PlainDate.from(allOn).until(today).days >= ALL_AGAIN_AFTER_DAYS;

export const timeoutOf = ({ trigger }: SyncRun): AbortSignal =>
  AbortSignal.timeout(trigger === 'night' || trigger === 'catch-up' ? TIMEOUT_MS.night : TIMEOUT_MS.person);

/** News of the connection to a remote PSA, for a run's record. */
export function noticeOf({ psa }: Core): Pick<PsaOutcome, 'notice'> {
  const notice = psa.remote?.notice();
  return notice === undefined ? {} : { notice };
}

/** A sentence for people about why the PSA could not be read or written; what nobody foresaw is in the log. */
export function problemOf(core: Core, run: SyncRun, error: unknown, signal?: AbortSignal): string {
  const name = psaName(core.psa);
  if (signal?.aborted) return `${name} did not answer completely in time. Try again, or wait for the night.`;
  if (isIcbError(error)) return error.message;
  core.log.error({ err: error, run: run.id }, 'the PSA failed unexpectedly');
  return `${name} could not be used because of an unexpected error. Start the sync again.`;
}

/** Takes a book over in one commit with the run's record. Nothing of the book is written where nothing changed. */
export function storeBook(core: Core, run: SyncRun, reading: BookReading): Promise<SyncRun> {
  return commit(core, run.by, async (snapshot) => {
    const known = await knownBook(snapshot);
    const name = psaName(core.psa);
    const { book, requests } = reading;
    const problem = reading.problem ?? (book && lostSight(known, book, name));
    const done = async (psa: PsaOutcome) => ({ ...(await withSummary(snapshot, run)), psa });
    if (!book || problem) {
      const failed: PsaOutcome = {
        state: 'failed',
        ...noticeOf(core),
        requests,
        problem: whatNow(problem ?? '', known, name),
      };
      const result = await done(failed);
      return { changes: { put: { syncRuns: [result] } }, result };
    }
    const changes = bookChanges(known, book, run.date);
    const result = await done({
      state: 'done',
      ...noticeOf(core),
      requests,
      ...(changes.problems.length > 0 ? { problem: changes.problems.join(' ') } : {}),
      read: {
        organizations: book.organizations.length,
        contracts: book.contracts.length,
        contractServices: book.contractServices.length,
        changed: sizeOf(changes),
        ...(book.leftOut?.length ? { leftOut: book.leftOut.slice(0, LEFT_OUT_TOLD) } : {}),
      },
    });
    const { put, remove } = recordsOf(changes);
    const before = await snapshot.get('psaStates', 'psa');
    const state: PsaState = {
      ...(before ?? { id: 'psa' }),
      bookmark: book.bookmark,
      allOn: book.allOrganizations || !before ? run.date : before.allOn,
    };
    return {
      changes: {
        put: { ...put, psaStates: same(before, state) ? [] : [state], syncRuns: [result] },
        remove,
      },
      ...(sizeOf(changes) === 0
        ? {}
        : { audit: { action: 'read-book', subject: run.id, text: textOf(changes, name) } }),
      result,
    };
  });
}

async function knownBook(snapshot: Snapshot): Promise<KnownBook> {
  const [organizations, contracts, contractServices, unitLedgers] = await Promise.all([
    snapshot.list('organizations'),
    snapshot.list('contracts'),
    snapshot.list('contractServices'),
    snapshot.list('unitLedgers'),
  ]);
  return { organizations, contracts, contractServices, unitLedgers };
}

/** An account that has lost its rights sees nothing, which is not the same as nothing being there. */
function lostSight(known: KnownBook, book: PsaBook, name: string): string | undefined {
  const what =
    known.contracts.length > 0 && book.contracts.length === 0
      ? 'contracts'
      : known.contractServices.length > 0 && book.contractServices.length === 0
        ? 'contract services'
        : undefined;
  return (
    what &&
    `${name} showed no ${what} at all, though there were some before. Check what the security level of the API user may see.`
  );
}

const whatNow = (problem: string, { contracts }: KnownBook, name: string): string =>
  contracts.length === 0
    ? `Organizations and contracts of ${name} could not be read yet, so nothing can be mapped or billed: ${problem} Then start a sync.`
    : `Organizations and contracts of ${name} could not be read, so those last known were used: ${problem}`;

const KINDS = ['organizations', 'contracts', 'contractServices'] as const;

function recordsOf(changes: BookChanges): Required<Pick<Changes, 'put' | 'remove'>> {
  const { organizations, contracts, contractServices } = changes;
  return {
    put: {
      organizations: organizations.put,
      contracts: contracts.put,
      contractServices: contractServices.put,
    },
    remove: KINDS.flatMap((kind) => changes[kind].remove.map(({ id }) => ({ kind, id }))),
  };
}

const countOf = ({ put, remove }: Difference<unknown>): number => put.length + remove.length;
const sizeOf = (changes: BookChanges): number => KINDS.reduce((sum, kind) => sum + countOf(changes[kind]), 0);

const textOf = ({ organizations, contracts, contractServices }: BookChanges, name: string): string =>
  `Read from ${name}: ${countOf(organizations)} organizations, ${countOf(contracts)} contracts, ${countOf(contractServices)} contract services are new, different or gone`;
