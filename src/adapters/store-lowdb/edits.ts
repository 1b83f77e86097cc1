import { setImmediate } from 'node:timers/promises';
import { RECORD_KINDS, type RecordKind } from '../../domain/records.ts';
import type { Changes } from '../../ports/store.ts';
import { hashOf } from './id-hashes.ts';
import { partitionOf, type Records, type StoredRecord, storable } from './stored-record.ts';
import type { Sheets, TenantState } from './tenant-state.ts';

/** What a commit does to one partition. Doing it twice gives the same. */
export interface Edit {
  readonly kind: RecordKind;
  readonly partition: string;
  readonly remove: readonly string[];
  readonly put: readonly StoredRecord[];
  /** By how many records the partition grows; negative when it shrinks. */
  readonly grown: number;
}

/** The changes of one kind, parsed; of several records with one id the last counts. */
interface KindChanges {
  readonly kind: RecordKind;
  readonly remove: readonly { readonly id: string; readonly partition?: string }[];
  readonly put: Records;
}

/**
 * @param state what is stored at the moment: what a record has in common with it need not be parsed again
 * @throws IcbError `bad-input` naming the first record that does not fit its schema
 */
export async function parseChanges(
  { put = {}, remove = [] }: Changes,
  state: TenantState,
): Promise<readonly KindChanges[]> {
  const changes: KindChanges[] = [];
  for (const kind of RECORD_KINDS) {
    const removed = remove.filter((removal) => removal.kind === kind);
    const sheets = state.sheetsOf(kind);
    const records = new Map<string, StoredRecord>();
    for (const record of put[kind] ?? []) {
      records.set(record.id, storable(kind, record, stored(sheets, kind, record)));
      if (records.size % RECORDS_AT_ONCE === 0) await setImmediate();
    }
    if (removed.length + records.size > 0) changes.push({ kind, remove: removed, put: records });
  }
  return changes;
}

/** A commit of tens of thousands of records lets others have their turn now and then. */
const RECORDS_AT_ONCE = 500;

/** What is stored under a record's id in its partition, where that is in memory. */
function stored(sheets: Sheets, kind: RecordKind, record: StoredRecord): StoredRecord | undefined {
  try {
    return sheets.get(partitionOf(kind, record))?.known?.get(record.id);
  } catch {
    return undefined; // It lacks what its partition is told by; parsing says so.
  }
}

/** What to do to which partitions, those included that a record leaves because its date changed. */
export async function planEdits(state: TenantState, changes: readonly KindChanges[]): Promise<Edit[]> {
  const edits: Edit[] = [];
  for (const change of changes) edits.push(...(await editsOfKind(change, state.sheetsOf(change.kind))));
  return edits;
}

async function editsOfKind({ kind, remove, put }: KindChanges, sheets: Sheets): Promise<Edit[]> {
  const where = await whereIn(sheets);
  const edits = new Map<string, { remove: string[]; put: StoredRecord[]; grown: number }>();
  const editOf = (partition: string) =>
    edits.getOrInsertComputed(partition, () => ({ remove: [], put: [], grown: 0 }));
  /** Of the records to remove, those that are put anew in the same place are not removed twice. */
  const gone = new Set<string>();
  const leave = (holder: string, id: string) => {
    if (gone.has(id)) return;
    gone.add(id);
    editOf(holder).remove.push(id);
    editOf(holder).grown -= 1;
  };
  for (const { id, partition } of remove) {
    const holder = await where(id, partition);
    if (holder !== undefined && holder === (partition ?? holder)) leave(holder, id);
  }
  for (const record of put.values()) {
    const partition = partitionOf(kind, record);
    const found = where(record.id, partition);
    const holder = typeof found === 'object' ? await found : found;
    if (holder !== undefined && holder !== partition) leave(holder, record.id);
    const edit = editOf(partition);
    edit.put.push(record);
    if (holder !== partition || gone.has(record.id)) edit.grown += 1;
  }
  return Array.from(edits, ([partition, edit]) => ({ kind, partition, ...edit }));
}

/** The partition that holds an id, looked for in the likely one first; an id is never in two. */
type Where = (id: string, likely?: string) => string | undefined | Promise<string | undefined>;

async function whereIn(sheets: Sheets): Promise<Where> {
  const newestFirst = [...sheets].sort(([a], [b]) => (a < b ? 1 : -1));
  for (const [, sheet] of newestFirst) await sheet.look();
  return (id, likely) => {
    if (likely !== undefined && sheets.get(likely)?.known?.has(id)) return likely;
    const hashed = hashOf(id);
    const perhaps = newestFirst.filter(([, sheet]) => sheet.mayHave(id, hashed));
    return perhaps.length === 0 ? undefined : certainly(perhaps, id);
  };
}

async function certainly(
  perhaps: readonly (readonly [string, { has(id: string): Promise<boolean> }])[],
  id: string,
) {
  for (const [partition, sheet] of perhaps) if (await sheet.has(id)) return partition;
  return undefined;
}
