import { setImmediate } from 'node:timers/promises';
import { RECORD_KINDS, type RecordKind } from '../../domain/records.ts';
import type { Changes } from '../../ports/store.ts';
import { byId, partitionOf, type Records, type StoredRecord, storable } from './stored-record.ts';
import type { Sheets, TenantState } from './tenant-state.ts';

/** What a commit does to one partition. Doing it twice gives the same. */
export interface Edit {
  readonly kind: RecordKind;
  readonly partition: string;
  readonly remove: readonly string[];
  readonly put: readonly StoredRecord[];
}

/** The changes of one kind, parsed; of several records with one id the last counts. */
interface KindChanges {
  readonly kind: RecordKind;
  readonly remove: readonly { readonly id: string; readonly partition?: string }[];
  readonly put: Records;
}

/** @throws IcbError `bad-input` naming the first record that does not fit its schema */
export async function parseChanges({ put = {}, remove = [] }: Changes): Promise<readonly KindChanges[]> {
  const changes: KindChanges[] = [];
  for (const kind of RECORD_KINDS) {
    const removed = remove.filter((removal) => removal.kind === kind);
    const records = new Map<string, StoredRecord>();
    for (const record of put[kind] ?? []) {
      records.set(record.id, storable(kind, record));
      if (records.size % RECORDS_AT_ONCE === 0) await setImmediate();
    }
    if (removed.length + records.size > 0) changes.push({ kind, remove: removed, put: records });
  }
  return changes;
}

/** A commit of tens of thousands of records lets others have their turn now and then. */
const RECORDS_AT_ONCE = 500;

/** What to do to which partitions, those included that a record leaves because its date changed. */
export async function planEdits(state: TenantState, changes: readonly KindChanges[]): Promise<Edit[]> {
  const edits = changes.map(async (change) =>
    editsOfKind(change, await whereIn(state.sheetsOf(change.kind))),
  );
  return (await Promise.all(edits)).flat();
}

function editsOfKind({ kind, remove, put }: KindChanges, where: Where): Edit[] {
  const edits = new Map<string, { remove: string[]; put: StoredRecord[] }>();
  const editOf = (partition: string) => {
    const edit = edits.get(partition) ?? { remove: [], put: [] };
    edits.set(partition, edit);
    return edit;
  };
  for (const { id, partition } of remove) {
    const holder = where(id);
    if (holder !== undefined && holder === (partition ?? holder)) editOf(holder).remove.push(id);
  }
  for (const record of put.values()) {
    const partition = partitionOf(kind, record);
    const holder = where(record.id);
    if (holder !== undefined && holder !== partition) editOf(holder).remove.push(record.id);
    editOf(partition).put.push(record);
  }
  return Array.from(edits, ([partition, edit]) => ({ kind, partition, ...edit }));
}

/** The partition that holds an id; an id is never in two. */
type Where = (id: string) => string | undefined;

async function whereIn(sheets: Sheets): Promise<Where> {
  const newestFirst = [...sheets].sort(([a], [b]) => (a < b ? 1 : -1));
  const idsOf = await Promise.all(
    newestFirst.map(async ([partition, sheet]) => [partition, await sheet.ids()] as const),
  );
  return (id) => idsOf.find(([, ids]) => ids.has(id))?.[0];
}

/** The records after an edit: removals first, so that a record may leave and come back in one commit. */
export function edited(records: Records, { remove, put }: Edit): Records {
  const after = new Map(records);
  for (const id of remove) after.delete(id);
  const grows = put.some((record) => !after.has(record.id));
  for (const record of put) after.set(record.id, record);
  return grows ? new Map([...after.values()].sort(byId).map((record) => [record.id, record])) : after;
}
