import type { AuditEntry } from '../domain/audit.ts';
import type { Core } from './core.ts';
import { newestFirst } from './newest-first.ts';

/** Who changed what, newest first. */
export async function listAudit(
  core: Core,
  { limit = 100, cursor }: { readonly limit?: number | undefined; readonly cursor?: string | undefined } = {},
): Promise<{ readonly items: AuditEntry[]; readonly nextCursor?: string }> {
  const snapshot = await core.store.snapshot();
  return newestFirst(snapshot, 'audit', { keyOf: (entry) => `${entry.at}|${entry.id}`, limit, cursor });
}
