import type { Actor } from '../domain/actor.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError, isIcbError } from '../domain/errors.ts';
import type { Changes, Snapshot, TenantStore } from '../ports/store.ts';
import type { Core } from './core.ts';

export interface Write<T> {
  readonly changes: Changes;
  /** What the audit log says; left out where nothing changed or the record is itself a log. */
  readonly audit?: Omit<AuditEntry, 'id' | 'at' | 'by'> & {
    /** Given where the result names the entry; made up otherwise. */
    readonly id?: string;
  };
  readonly result: T;
}

type Build<T> = (snapshot: Snapshot) => Promise<Write<T>>;

const ATTEMPTS = 5;

/**
 * Reads a snapshot, lets `build` decide what to write, and commits that with its audit entry in one write. When another
 * commit came between, decides again on the newer state, so that no decision rests on what is no longer true. `build`
 * commits nothing itself.
 */
export async function commit<T>(core: Core, by: Actor, build: Build<T>): Promise<T> {
  await TURNS.get(core.store);
  const first = await attempt(core, by, build);
  return first ? first.result : inTurn(core.store, () => insist(core, by, build));
}

async function insist<T>(core: Core, by: Actor, build: Build<T>): Promise<T> {
  for (let tried = 2; tried <= ATTEMPTS; tried++) {
    const done = await attempt(core, by, build);
    if (done) return done.result;
  }
  throw new IcbError('conflict', 'Too many changes are being made at once; nothing was changed. Try again.');
}

/** Undefined when another commit came between. */
async function attempt<T>(
  core: Core,
  by: Actor,
  build: Build<T>,
): Promise<{ readonly result: T } | undefined> {
  const snapshot = await core.store.snapshot();
  const { changes, audit, result } = await build(snapshot);
  const entry = audit && {
    ...audit,
    id: audit.id ?? core.newId('au'),
    at: isoInstant(core.clock.now()),
    by,
    ...(core.place ? { place: core.place } : {}),
    ...(core.task ? { task: core.task } : {}),
  };
  const put = { ...changes.put, ...(entry && { audit: [entry] }) };
  const empty = Object.values(put).every((records) => records.length === 0) && !changes.remove?.length;
  if (empty) return { result };
  try {
    await core.store.commit({ ...changes, put }, { basedOn: snapshot.revision });
    return { result };
  } catch (error) {
    if (!isIcbError(error) || error.code !== 'conflict') throw error;
    return undefined;
  }
}

/**
 * Who lost once goes on while newcomers wait: else small quick writes (a summary's place, a click) would outrun a large
 * slow one (a night's plan) again and again.
 */
const TURNS = new WeakMap<TenantStore, Promise<unknown>>();

function inTurn<T>(store: TenantStore, work: () => Promise<T>): Promise<T> {
  const turn = (TURNS.get(store) ?? Promise.resolve()).then(work);
  TURNS.set(
    store,
    turn.catch(() => {}),
  );
  return turn;
}
