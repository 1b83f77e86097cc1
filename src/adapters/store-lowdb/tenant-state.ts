import type { RecordKind, RecordOf } from '../../domain/records.ts';
import type { PartitionRange, Snapshot } from '../../ports/store.ts';
import type { Sheet } from './sheet.ts';
import { byId, type StoredRecord } from './stored-record.ts';

/** The sheets of one kind by partition. */
export type Sheets = ReadonlyMap<string, Sheet>;

const NO_SHEETS: Sheets = new Map();

/** One revision of a tenant. Never changes: a commit makes the next one, which shares the sheets it did not touch. */
export class TenantState implements Snapshot {
  readonly revision: number;
  readonly #kinds: ReadonlyMap<RecordKind, Sheets>;

  constructor(revision: number, kinds: ReadonlyMap<RecordKind, Sheets>) {
    this.revision = revision;
    this.#kinds = kinds;
  }

  /** The next state; a sheet that is undefined goes. */
  with(
    revision: number,
    replaced: readonly (readonly [RecordKind, string, Sheet | undefined])[],
  ): TenantState {
    const kinds = new Map(this.#kinds);
    for (const [kind, partition, sheet] of replaced) {
      const sheets = new Map(kinds.get(kind));
      if (sheet) sheets.set(partition, sheet);
      else sheets.delete(partition);
      kinds.set(kind, sheets);
    }
    return new TenantState(revision, kinds);
  }

  /** Every sheet there is. */
  *sheets(): Generator<readonly [RecordKind, string, Sheet]> {
    for (const [kind, sheets] of this.#kinds)
      for (const [partition, sheet] of sheets) yield [kind, partition, sheet];
  }

  sheetsOf(kind: RecordKind): Sheets {
    return this.#kinds.get(kind) ?? NO_SHEETS;
  }

  async list<K extends RecordKind>(kind: K, range: PartitionRange = {}): Promise<readonly RecordOf<K>[]> {
    const found: StoredRecord[] = [];
    const names = (await this.partitions(kind)).filter((partition) => inRange(partition, range));
    for (const name of names) {
      for (const record of (await this.sheetsOf(kind).get(name)?.records())?.values() ?? [])
        found.push(record);
    }
    return (names.length > 1 ? found.sort(byId) : found) as readonly StoredRecord[] as readonly RecordOf<K>[];
  }

  async get<K extends RecordKind>(kind: K, id: string, partition?: string): Promise<RecordOf<K> | undefined> {
    const names = partition === undefined ? [...(await this.partitions(kind))].reverse() : [partition];
    for (const name of names) {
      const sheet = this.sheetsOf(kind).get(name);
      if (!(await sheet?.has(id))) continue;
      return (await sheet?.records())?.get(id) as RecordOf<K> | undefined;
    }
    return undefined;
  }

  async partitions(kind: RecordKind): Promise<readonly string[]> {
    return [...this.sheetsOf(kind).keys()].sort();
  }

  async versions(kind: RecordKind): Promise<ReadonlyMap<string, unknown>> {
    return new Map(Array.from(this.sheetsOf(kind), ([partition, { version }]) => [partition, version]));
  }

  async derived(kind: RecordKind, partition: string, name: string): Promise<Uint8Array | undefined> {
    return this.sheetsOf(kind).get(partition)?.derived(name);
  }

  async derive(kind: RecordKind, partition: string, name: string, bytes: Uint8Array): Promise<void> {
    await this.sheetsOf(kind).get(partition)?.derive(name, bytes);
  }
}

const inRange = (partition: string, { from, to }: PartitionRange): boolean =>
  partition === '' || ((from === undefined || from <= partition) && (to === undefined || partition <= to));
