import { createHash } from 'node:crypto';
import { BACKUP_SCHEMA, type BackupEnd, type BackupHead, type ExportHead } from '../domain/backup.ts';
import { isoInstant } from '../domain/calendar.ts';
import { RECORD_KINDS, type RecordKind } from '../domain/records.ts';
import type { Core } from './core.ts';

/**
 * One state of everything, as the lines of a backup, each with its end of line. What is committed meanwhile is not in
 * it, and does not wait for it.
 * @param kinds an export of these only, which is no backup
 */
export async function* writeBackup(
  { store, clock }: Pick<Core, 'store' | 'clock'>,
  kinds?: readonly RecordKind[],
): AsyncGenerator<string> {
  const snapshot = await store.snapshot();
  const hash = createHash('sha256');
  const line = (value: object): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  const state = {
    schema: BACKUP_SCHEMA,
    revision: snapshot.revision,
    takenAt: isoInstant(clock.now()),
  };
  yield line(
    kinds
      ? ({ icb: 'export', ...state, kinds: [...kinds] } satisfies ExportHead)
      : ({ icb: 'backup', ...state } satisfies BackupHead),
  );
  const records: BackupEnd['records'] = {};
  for (const kind of kinds ?? RECORD_KINDS)
    for (const partition of await snapshot.partitions(kind))
      for (const record of await snapshot.list(kind, { from: partition, to: partition })) {
        records[kind] = (records[kind] ?? 0) + 1;
        yield line({ kind, record });
      }
  yield line({ end: true, records, sha256: hash.copy().digest('hex') } satisfies BackupEnd);
}
