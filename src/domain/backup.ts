import { z } from 'zod';
import { IsoInstant } from './calendar.ts';
import { RECORD_KINDS, RECORD_SCHEMA } from './records.ts';

/**
 * A backup is lines of JSON: a head, each record of one state of a tenant, and an end that says how many of each kind
 * there were, with the SHA-256 of every byte before it. Whoever reads it knows at the end whether it is whole.
 */
export const BackupHead = z.object({
  icb: z.literal('backup'),
  schema: z.number().int(),
  revision: z.number().int().nonnegative(),
  takenAt: IsoInstant,
});
export type BackupHead = z.infer<typeof BackupHead>;

/** The same of some kinds only: for other programs to read, never to restore from. */
export const ExportHead = BackupHead.extend({
  icb: z.literal('export'),
  kinds: z.array(z.enum(RECORD_KINDS)).min(1),
});
export type ExportHead = z.infer<typeof ExportHead>;

const RecordKindName = z.enum(RECORD_KINDS);

export const BackupRecord = z.object({ kind: RecordKindName, record: z.looseObject({ id: z.string() }) });

export const BackupEnd = z.object({
  end: z.literal(true),
  records: z.partialRecord(RecordKindName, z.number().int().positive()),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupEnd = z.infer<typeof BackupEnd>;

export const BACKUP_SCHEMA = RECORD_SCHEMA;
