import type { RecordKind, RecordOf } from '../domain/records.ts';

/** Partitions of a growing kind, both ends included, as text: `{from: '2026-01', to: '2026-03'}`. */
export interface PartitionRange {
  readonly from?: string;
  readonly to?: string;
}

/** One consistent state of a tenant. Later commits do not show in it. */
export interface Snapshot {
  /** Grows with every commit of the tenant. */
  readonly revision: number;
  /** All records of a kind, or of its partitions in `range`, in order of id. */
  list<K extends RecordKind>(kind: K, range?: PartitionRange): Promise<readonly RecordOf<K>[]>;
  /** One record. For a partitioned kind every partition may be searched: pass `partition` where it is known. */
  get<K extends RecordKind>(kind: K, id: string, partition?: string): Promise<RecordOf<K> | undefined>;
  /** Partition names that hold records of a kind, ascending; `['']` or `[]` for an unpartitioned kind. */
  partitions(kind: RecordKind): Promise<readonly string[]>;
  /**
   * For each partition that holds records a value that stays the same (`===`) while they do, so that what was made of
   * them need not be made again. A store that cannot tell leaves it out; then the revision has to serve.
   */
  versions?(kind: RecordKind): Promise<ReadonlyMap<string, unknown>>;
  /** What `derive` has kept of just these records under a name, perhaps by an earlier process; undefined when nothing is. */
  derived?(kind: RecordKind, partition: string, name: string): Promise<Uint8Array | undefined>;
  /** Keeps beside a partition what was made of its records. It goes with them, and may be lost at any time. */
  derive?(kind: RecordKind, partition: string, name: string, bytes: Uint8Array): Promise<void>;
}

/** What one use case writes. `put` inserts or replaces by id. */
export interface Changes {
  readonly put?: { readonly [K in RecordKind]?: readonly RecordOf<K>[] };
  /** `partition` is needed for a partitioned kind. */
  readonly remove?: readonly {
    readonly kind: RecordKind;
    readonly id: string;
    readonly partition?: string;
  }[];
}

export interface TenantStore {
  snapshot(): Promise<Snapshot>;
  /**
   * Writes all of `changes` or nothing; durable when it resolves. With `basedOn`, throws an `IcbError` of code
   * `conflict` when another commit came after that revision. Records are parsed before anything is written.
   * @returns the new revision
   */
  commit(changes: Changes, options?: { readonly basedOn?: number }): Promise<number>;
}

/** Where icb keeps everything. */
export interface Store {
  for(tenant: string): Promise<TenantStore>;
  close(): Promise<void>;
}
