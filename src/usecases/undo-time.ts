import type { AuditEntry } from '../domain/audit.ts';
import { IcbError } from '../domain/errors.ts';
import type { Snapshot } from '../ports/store.ts';
import { UNDO_HOURS } from './undo-usage.ts';

/** Until when a change made at this instant can be taken back. */
export const undoUntil = (at: string): Temporal.Instant =>
  Temporal.Instant.from(at).add({ hours: UNDO_HOURS });

export const isUndoTime = (at: string, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, undoUntil(at)) <= 0;

/** Error: `conflict` when the change is too old. */
export function refuseTooLate({ at }: Pick<AuditEntry, 'at'>, now: Temporal.Instant): void {
  if (!isUndoTime(at, now))
    throw new IcbError(
      'conflict',
      `It was made more than ${UNDO_HOURS} hours ago and cannot be undone any more. Nothing was changed; change it back where it was made.`,
    );
}

/** Whether a sync that changes units ended after this instant, or is under way: it goes by what was decided. */
export async function syncedSince(snapshot: Snapshot, at: string): Promise<boolean> {
  const runs = await snapshot.list('syncRuns', { from: monthBefore(at) });
  return runs.some(
    ({ dryRun, finishedAt, planId }) =>
      !dryRun && (finishedAt === undefined || (planId !== undefined && finishedAt > at)),
  );
}

/** A sync may have begun in the month before. */
const monthBefore = (at: string): string =>
  Temporal.PlainYearMonth.from(at.slice(0, 7)).subtract({ months: 1 }).toString();

/** Error: `conflict` once a sync has gone by the change. */
export async function refuseSynced(snapshot: Snapshot, { at }: Pick<AuditEntry, 'at'>): Promise<void> {
  if (await syncedSince(snapshot, at))
    throw new IcbError(
      'conflict',
      'A sync has gone by it since, or is under way, so that it cannot be undone. Nothing was changed; decide anew.',
    );
}
