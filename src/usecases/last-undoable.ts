import type { Actor } from '../domain/actor.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { Core } from './core.ts';
import { listAudit } from './list-audit.ts';
import { personKey } from './post-requests.ts';
import { UNDOABLE_CHANGES } from './undo-change.ts';
import { UNDOABLE } from './undo-mappings.ts';
import { isUndoTime, syncedSince } from './undo-time.ts';

export interface LastUndoable {
  readonly entry: AuditEntry;
  /** Whether newer changes of this person were passed over: taken back already, or a sync went by them. */
  readonly newerPassed: boolean;
}

const LOOK_BACK = 200;

/** Entries of taking back; `subject` is the change that was. */
const TAKES_BACK: ReadonlySet<string> = new Set(['undo-mappings', 'undo-service-mappings', 'undo-decision']);

/**
 * A person's last change that can still be taken back, so that asking again and again goes back step by step. Taking back
 * is no change of its own here: else the newest one would be undone and redone for ever, and none before it be reached.
 */
export async function lastUndoable(core: Core, by: Actor): Promise<LastUndoable | undefined> {
  const snapshot = await core.store.snapshot();
  const { items } = await listAudit(core, { limit: LOOK_BACK });
  const takenBack = new Set<string>();
  let newerPassed = false;
  for (const entry of items) {
    const over = takenBack.has(entry.id);
    // Newest first: what took something back, and was taken back itself, is known by now.
    if (TAKES_BACK.has(entry.action)) {
      if (!over && entry.subject) takenBack.add(entry.subject);
      continue;
    }
    if (personKey(entry.by) !== personKey(by) || !UNDOABLE_CHANGES.has(entry.action)) continue;
    if (!isUndoTime(entry.at, core.clock.now())) return undefined;
    const final = !UNDOABLE.has(entry.action) && (await syncedSince(snapshot, entry.at));
    if (!over && !final) return { entry, newerPassed };
    newerPassed = true;
  }
  return undefined;
}
