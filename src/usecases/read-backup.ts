import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { BACKUP_SCHEMA, BackupEnd, BackupHead, BackupRecord, ExportHead } from '../domain/backup.ts';
import { IcbError } from '../domain/errors.ts';
import { jsonOf } from '../domain/json-of.ts';
import { isKnownSchema, migrated, type RawRecord } from '../domain/migrations.ts';
import { RECORD_KINDS, type RecordKind } from '../domain/records.ts';
import type { Changes, Snapshot, TenantStore } from '../ports/store.ts';

/** What a whole backup holds. */
export interface BackupContents extends BackupHead {
  readonly records: BackupEnd['records'];
  readonly count: number;
}

type Take = (kind: RecordKind, record: RawRecord, head: BackupHead) => Promise<void> | void;

/**
 * Reads a backup from its lines (without their ends) to the last one, and hands on each record.
 * Error: `bad-input` when it is no backup, of a newer schema, cut off, or not as it was written. Records that were
 * handed on before that must not be kept.
 */
export async function readBackup(
  lines: AsyncIterable<string> | Iterable<string>,
  take: Take = () => {},
): Promise<BackupContents> {
  const hash = createHash('sha256');
  const counted: BackupEnd['records'] = {};
  let head: BackupHead | undefined;
  let end: BackupEnd | undefined;
  let at = 0;
  for await (const line of lines) {
    at += 1;
    if (end) throw damaged('there is more after its end', at);
    if (head && line.startsWith('{"end"')) {
      end = shaped(BackupEnd, line, at);
      if (end.sha256 !== hash.digest('hex')) throw damaged('its checksum is not that of its lines', at);
      continue;
    }
    hash.update(`${line}\n`);
    if (!head) head = headOf(line);
    else {
      const { kind, record } = shaped(BackupRecord, line, at);
      counted[kind] = (counted[kind] ?? 0) + 1;
      await take(kind, record, head);
    }
  }
  if (!head || !end) throw damaged('it breaks off before its end', at);
  const told = Object.entries(end.records);
  if (
    told.length !== Object.keys(counted).length ||
    told.some(([kind, n]) => counted[kind as RecordKind] !== n)
  )
    throw damaged('it does not hold as many records as it says', at);
  return { ...head, records: counted, count: told.reduce((sum, [, n]) => sum + n, 0) };
}

/** Records that go into one commit: few enough that it stays a matter of seconds. */
const AT_ONCE = 20_000;

/**
 * Fills an empty tenant with a backup, and looks whether all of it is there afterwards.
 * Errors: those of `readBackup`; `conflict` when the tenant holds something. After an error the tenant is to be thrown
 * away.
 */
export async function restoreBackup(
  store: TenantStore,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<BackupContents> {
  if (await holdsRecords(await store.snapshot()))
    throw new IcbError('conflict', 'A backup is restored into an empty store only; this one holds records.');
  let waiting = new Map<RecordKind, RawRecord[]>();
  const earlier = new Map<RecordKind, RawRecord[]>();
  let count = 0;
  const flush = async (): Promise<void> => {
    if (count === 0) return;
    // The store parses each record by its kind's schema.
    await store.commit({ put: Object.fromEntries(waiting) as NonNullable<Changes['put']> });
    waiting = new Map();
    count = 0;
  };
  const write = async (kind: RecordKind, record: RawRecord): Promise<void> => {
    waiting.getOrInsertComputed(kind, () => []).push(record);
    count += 1;
    if (count >= AT_ONCE) await flush();
  };
  const contents = await readBackup(lines, (kind, record, { schema }) => {
    if (schema === BACKUP_SCHEMA) return write(kind, record);
    earlier.getOrInsertComputed(kind, () => []).push(record);
  });
  // Records of an earlier schema may name each other, so they are brought to today's all together.
  for (const [kind, records] of migrated(earlier, contents.schema))
    for (const record of records) await write(kind as RecordKind, record);
  await flush();
  await expectAll(await store.snapshot(), contents);
  return contents;
}

async function holdsRecords(snapshot: Snapshot): Promise<boolean> {
  for (const kind of RECORD_KINDS) if ((await snapshot.partitions(kind)).length > 0) return true;
  return false;
}

async function expectAll(snapshot: Snapshot, { records }: BackupContents): Promise<void> {
  for (const [kind, wanted] of Object.entries(records)) {
    const there = (await snapshot.list(kind as RecordKind)).length;
    if (there !== wanted)
      throw new IcbError('store-damaged', `Of ${wanted} ${kind} of the backup ${there} could be restored.`);
  }
}

function headOf(line: string): BackupHead {
  const some = ExportHead.safeParse(jsonOf(line));
  if (some.success)
    throw new IcbError(
      'bad-input',
      `This is an export of some kinds only (${some.data.kinds.join(', ')}), which is no backup. Export everything: leave --kind out.`,
    );
  const parsed = BackupHead.safeParse(jsonOf(line));
  if (!parsed.success)
    throw new IcbError('bad-input', 'This is no backup of icb: its first line does not say so.');
  const { schema } = parsed.data;
  if (isKnownSchema(schema)) return parsed.data;
  throw new IcbError(
    'bad-input',
    `The backup has schema ${schema}, and this icb knows schema ${BACKUP_SCHEMA}. Restore it with the icb that wrote it.`,
  );
}

function shaped<S extends z.ZodType>(shape: S, line: string, at: number): z.infer<S> {
  const parsed = shape.safeParse(jsonOf(line));
  if (parsed.success) return parsed.data;
  throw damaged(parsed.error.issues[0]?.message ?? 'it cannot be read', at);
}

const damaged = (why: string, line: number): IcbError =>
  new IcbError(
    'bad-input',
    `The backup is damaged at line ${line}: ${why}. Take another one; nothing was changed.`,
  );
