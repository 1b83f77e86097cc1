import type { Snapshot } from '../ports/store.ts';

/** What a record was before the newest audit entry of this action on it. */
export async function lastDeleted(snapshot: Snapshot, action: string, subject: string): Promise<unknown> {
  const entries = (await snapshot.list('audit')).filter(
    (entry) => entry.action === action && entry.subject === subject,
  );
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1)).at(-1)
    ?.before;
}
