import type { RecordKind, RecordOf } from '../../domain/records.ts';
import type { PartitionRange, Snapshot } from '../../ports/store.ts';
import type { Sheets } from './sheets.ts';
import { byId, type StoredRecord } from './stored-record.ts';

/** By partition that holds records, the newest commit that touched it. */
export type Versions = ReadonlyMap<string, number>;

const NONE: Versions = new Map();

/** One revision of a tenant. It holds no connection: what it has not looked at yet is read as of its revision. */
export class PostgresSnapshot implements Snapshot {
  readonly revision: number;
  readonly #kinds: ReadonlyMap<string, Versions>;
  readonly #sheets: Sheets;

  constructor(revision: number, kinds: ReadonlyMap<string, Versions>, sheets: Sheets) {
    this.revision = revision;
    this.#kinds = kinds;
    this.#sheets = sheets;
  }

  /** The state after later commits touched these partitions. */
  with(
    revision: number,
    touched: readonly {
      readonly kind: string;
      readonly partition: string;
      readonly changed: number;
      readonly records: number;
    }[],
  ): PostgresSnapshot {
    const kinds = new Map(this.#kinds);
    const copied = new Set<string>();
    for (const { kind, partition, changed, records } of touched) {
      const versions = copied.has(kind) ? (kinds.get(kind) as Map<string, number>) : new Map(kinds.get(kind));
      copied.add(kind);
      kinds.set(kind, versions);
      if (records > 0) versions.set(partition, changed);
      else versions.delete(partition);
    }
    return new PostgresSnapshot(revision, kinds, this.#sheets);
  }

  async list<K extends RecordKind>(kind: K, range: PartitionRange = {}): Promise<readonly RecordOf<K>[]> {
    const found: StoredRecord[] = [];
    const names = (await this.partitions(kind)).filter((partition) => inRange(partition, range));
    for (const partition of names) {
      const sheet = await this.#sheets.read(this.#at(kind, partition));
      for (const record of sheet.values()) found.push(record);
    }
    return (names.length > 1 ? found.sort(byId) : found) as readonly StoredRecord[] as readonly RecordOf<K>[];
  }

  async get<K extends RecordKind>(kind: K, id: string, partition?: string): Promise<RecordOf<K> | undefined> {
    const versions = this.#kinds.get(kind) ?? NONE;
    if (versions.size === 0 || (partition !== undefined && !versions.has(partition))) return undefined;
    const only = partition ?? (versions.size === 1 ? [...versions.keys()][0] : undefined);
    const kept = only === undefined ? undefined : this.#sheets.kept(this.#at(kind, only));
    const record = kept
      ? (await kept).get(id)
      : await this.#sheets.readOne(kind, id, this.revision, partition);
    return record as RecordOf<K> | undefined;
  }

  async partitions(kind: RecordKind): Promise<readonly string[]> {
    return [...(this.#kinds.get(kind) ?? NONE).keys()].sort();
  }

  async versions(kind: RecordKind): Promise<Versions> {
    return this.#kinds.get(kind) ?? NONE;
  }

  #at(kind: RecordKind, partition: string) {
    const version = this.#kinds.get(kind)?.get(partition) ?? 0;
    return { kind, partition, version, revision: this.revision };
  }
}

const inRange = (partition: string, { from, to }: PartitionRange): boolean =>
  partition === '' || ((from === undefined || from <= partition) && (to === undefined || partition <= to));
