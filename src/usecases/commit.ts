import type { Actor } from '../domain/actor.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError, isIcbError } from '../domain/errors.ts';
import type { Changes, Snapshot } from '../ports/store.ts';
import type { Core } from './core.ts';

export interface Write<T> {
  readonly changes: Changes;
  /** What the audit log says; left out where nothing changed or the record is itself a log. */
  readonly audit?: Omit<AuditEntry, 'id' | 'at' | 'by'>;
  readonly result: T;
}

const ATTEMPTS = 5;

/**
 * Reads a snapshot, lets `build` decide what to write, and commits that with its audit entry in one write. When another
 * commit came between, decides again on the newer state, so that no decision rests on what is no longer true.
 */
export async function commit<T>(
  core: Core,
  by: Actor,
  build: (snapshot: Snapshot) => Promise<Write<T>>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const snapshot = await core.store.snapshot();
    const { changes, audit, result } = await build(snapshot);
    const entry = audit && { ...audit, id: core.newId('au'), at: isoInstant(core.clock.now()), by };
    const put = { ...changes.put, ...(entry && { audit: [entry] }) };
    const empty = Object.values(put).every((records) => records.length === 0) && !changes.remove?.length;
    if (empty) return result;
    try {
      await core.store.commit({ ...changes, put }, { basedOn: snapshot.revision });
      return result;
    } catch (error) {
      if (!isIcbError(error) || error.code !== 'conflict') throw error;
      if (attempt === ATTEMPTS)
        throw new IcbError(
          'conflict',
          'Too many changes are being made at once; nothing was changed. Try again.',
        );
    }
  }
}
