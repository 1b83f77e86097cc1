import { sql, type Transaction } from 'kysely';
import { RECORD_KINDS, type RecordKind } from '../../domain/records.ts';
import type { Changes } from '../../ports/store.ts';
import { breathe, partitionOf, type StoredRecord, storable } from './stored-record.ts';
import type { Tables } from './tables.ts';

/** Changes as columns: one array a column makes one statement of any number of records. */
export interface Columns {
  /** What holds no longer: removed, or replaced by a put. `partition` null: wherever it is. */
  readonly gone: {
    readonly kinds: string[];
    readonly ids: string[];
    readonly partitions: (string | null)[];
  };
  readonly put: {
    readonly kinds: string[];
    readonly ids: string[];
    readonly partitions: string[];
    readonly bodies: string[];
  };
}

/**
 * Parses what a commit writes; of several records with one id the last counts.
 * @throws IcbError `bad-input` naming the first record that does not fit its schema
 */
export async function columnsOf({ put = {}, remove = [] }: Changes): Promise<Columns> {
  const columns: Columns = {
    gone: { kinds: [], ids: [], partitions: [] },
    put: { kinds: [], ids: [], partitions: [], bodies: [] },
  };
  const { gone, put: rows } = columns;
  for (const { kind, id, partition } of remove) {
    gone.kinds.push(kind);
    gone.ids.push(id);
    gone.partitions.push(partition ?? null);
  }
  for (const kind of RECORD_KINDS)
    for (const record of await parsed(kind, put[kind] ?? [])) {
      gone.kinds.push(kind);
      gone.ids.push(record.id);
      gone.partitions.push(null);
      rows.kinds.push(kind);
      rows.ids.push(record.id);
      rows.partitions.push(partitionOf(kind, record));
      rows.bodies.push(JSON.stringify(record));
    }
  return columns;
}

async function parsed(kind: RecordKind, records: readonly StoredRecord[]): Promise<Iterable<StoredRecord>> {
  const last = new Map<string, StoredRecord>();
  for (const [at, record] of records.entries()) {
    last.set(record.id, storable(kind, record));
    await breathe(at + 1);
  }
  return last.values();
}

/** Writes the columns as `revision` of the tenant, whose row is locked. Four statements, however many records. */
export async function writeColumns(
  db: Transaction<Tables>,
  tenant: string,
  revision: number,
  { gone, put }: Columns,
): Promise<void> {
  const change = new Map<string, { kind: string; partition: string; records: number }>();
  const count = (kind: string, partition: string, records: number): void => {
    const at = change.getOrInsertComputed(`${kind}/${partition}`, () => ({ kind, partition, records: 0 }));
    at.records += records;
  };
  if (gone.ids.length > 0) {
    const { rows } = await sql<{ kind: string; partition: string; records: string }>`
      with gone as (
        update icb_records as r set until = ${revision}
        from unnest(${gone.kinds}::text[], ${gone.ids}::text[], ${gone.partitions}::text[]) as g (kind, id, partition)
        where r.tenant = ${tenant} and r.kind = g.kind and r.id = g.id and r.until is null
          and (g.partition is null or r.partition = g.partition)
        returning r.kind, r.partition
      )
      select kind, partition, count(*) as records from gone group by kind, partition`.execute(db);
    for (const { kind, partition, records } of rows) count(kind, partition, -Number(records));
  }
  if (put.ids.length > 0) {
    await sql`
      insert into icb_records (tenant, kind, partition, id, since, body)
      select ${tenant}, p.kind, p.partition, p.id, ${revision}, p.body::json
      from unnest(${put.kinds}::text[], ${put.partitions}::text[], ${put.ids}::text[], ${put.bodies}::text[])
        as p (kind, partition, id, body)`.execute(db);
    for (const [at, kind] of put.kinds.entries()) count(kind, put.partitions[at] ?? '', 1);
  }
  const touched = [...change.values()];
  if (touched.length === 0) return;
  await sql`
    insert into icb_partitions as p (tenant, kind, partition, changed, records)
    select ${tenant}, t.kind, t.partition, ${revision}, t.records
    from unnest(
      ${touched.map(({ kind }) => kind)}::text[],
      ${touched.map(({ partition }) => partition)}::text[],
      ${touched.map(({ records }) => records)}::bigint[]
    ) as t (kind, partition, records)
    on conflict (tenant, kind, partition)
      do update set changed = excluded.changed, records = p.records + excluded.records`.execute(db);
}
