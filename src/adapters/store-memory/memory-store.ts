import { IcbError } from '../../domain/errors.ts';
import { RECORD_KINDS, RECORDS, type RecordKind, type RecordOf } from '../../domain/records.ts';
import type { Changes, PartitionRange, Snapshot, Store, TenantStore } from '../../ports/store.ts';
import { storable } from './storable.ts';

interface Row {
  readonly partition: string;
  readonly record: { readonly id: string };
}
type Table = ReadonlyMap<string, Row>;
type Tables = ReadonlyMap<RecordKind, Table>;
/** A symbol for each partition that a commit touched, until the next that touches it. */
type Versions = ReadonlyMap<RecordKind, ReadonlyMap<string, symbol>>;

const TENANT = /^[a-z0-9][a-z0-9-]{0,62}$/;
const EMPTY: Table = new Map();

/** A store that forgets everything with the process: for tests and previews. */
export function memoryStore(): Store {
  const tenants = new Map<string, TenantStore>();
  return {
    async for(tenant) {
      if (!TENANT.test(tenant)) {
        throw new IcbError(
          'bad-input',
          `“${tenant}” is no tenant name; use lower-case letters, digits and hyphens.`,
        );
      }
      const known = tenants.get(tenant) ?? memoryTenant();
      tenants.set(tenant, known);
      return known;
    },
    async close() {},
  };
}

function memoryTenant(): TenantStore {
  let revision = 0;
  let tables: Tables = new Map();
  let versions: Versions = new Map();
  return {
    snapshot: async () => snapshotOf(revision, tables, versions),
    async commit(changes, { basedOn } = {}) {
      if (basedOn !== undefined && basedOn !== revision) {
        throw new IcbError('conflict', 'Somebody else changed this in the meantime; look again and repeat.');
      }
      const before = tables;
      tables = applied(tables, changes);
      versions = versionsAfter(versions, before, tables, changes);
      return ++revision;
    },
  };
}

/** New tables with `changes` in them: removals first, so that a record may be removed here and put there. */
function applied(tables: Tables, { put = {}, remove = [] }: Changes): Tables {
  const copies = new Map<RecordKind, Map<string, Row>>();
  const copyOf = (kind: RecordKind): Map<string, Row> => {
    const copy = copies.get(kind) ?? new Map(tables.get(kind));
    copies.set(kind, copy);
    return copy;
  };
  for (const { kind, id, partition } of remove) {
    const elsewhere = partition !== undefined && copyOf(kind).get(id)?.partition !== partition;
    if (!elsewhere) copyOf(kind).delete(id);
  }
  for (const kind of RECORD_KINDS) {
    for (const record of put[kind] ?? []) copyOf(kind).set(record.id, rowOf(kind, record as never));
  }
  return new Map([...tables, ...copies]);
}

function versionsAfter(
  versions: Versions,
  before: Tables,
  after: Tables,
  { put = {}, remove = [] }: Changes,
): Versions {
  const all = new Map(versions);
  for (const kind of RECORD_KINDS) {
    const ids = [
      ...remove.filter((removal) => removal.kind === kind).map(({ id }) => id),
      ...(put[kind] ?? []).map(({ id }) => id as string),
    ];
    const touched = ids.flatMap((id) =>
      [before, after].map((tables) => tables.get(kind)?.get(id)?.partition),
    );
    const own = new Map(all.get(kind));
    for (const partition of new Set(touched)) if (partition !== undefined) own.set(partition, Symbol(kind));
    all.set(kind, own);
  }
  return all;
}

function rowOf<K extends RecordKind>(kind: K, given: RecordOf<K>): Row {
  const record = storable(kind, given);
  const { partition } = RECORDS[kind] as { partition?: (record: RecordOf<K>) => string };
  return { partition: partition?.(record) ?? '', record };
}

function snapshotOf(revision: number, tables: Tables, versions: Versions): Snapshot {
  const rows = (kind: RecordKind): Table => tables.get(kind) ?? EMPTY;
  return {
    revision,
    async list<K extends RecordKind>(kind: K, range: PartitionRange = {}) {
      const found = [...rows(kind).values()].filter((row) => inRange(row.partition, range));
      return found.map((row) => row.record).sort(byId) as RecordOf<K>[];
    },
    async get<K extends RecordKind>(kind: K, id: string, partition?: string) {
      const row = rows(kind).get(id);
      if (partition !== undefined && row?.partition !== partition) return undefined;
      return row?.record as RecordOf<K> | undefined;
    },
    async partitions(kind) {
      return [...new Set([...rows(kind).values()].map((row) => row.partition))].sort();
    },
    async versions(kind) {
      const known = versions.get(kind);
      return new Map((await this.partitions(kind)).map((partition) => [partition, known?.get(partition)]));
    },
  };
}

const inRange = (partition: string, { from, to }: PartitionRange): boolean =>
  partition === '' || ((from === undefined || from <= partition) && (to === undefined || partition <= to));

const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
