import type { AuditEntry } from '../domain/audit.ts';
import type { Snapshot } from '../ports/store.ts';

const order = (a: AuditEntry, b: AuditEntry): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;

/** What a record was before the newest of these changes to it, as the audit log keeps it. */
export async function lastBefore(
  snapshot: Snapshot,
  actions: ReadonlySet<string>,
  subject: string,
): Promise<unknown> {
  const entries = (await snapshot.list('audit')).filter(
    (entry) => entry.subject === subject && actions.has(entry.action),
  );
  return entries.toSorted(order).at(-1)?.before;
}
