import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { Adapter } from 'lowdb';
import { RECORD_SCHEMA, type RecordKind } from '../../domain/records.ts';
import { readDerived, writeDerived } from './derived-file.ts';
import type { Disk } from './disk.ts';
import { checkSchema, damagedFile } from './file-problem.ts';
import { type Seal, sealed, unsealed } from './seal.ts';
import {
  asWritten,
  parseStored,
  partitionOf,
  type Records,
  type StoredRecord,
  shapeOf,
} from './stored-record.ts';

interface Head {
  readonly schema: number;
  readonly kind: string;
  readonly partition: string;
  /** Of the schema that the records were parsed by. */
  readonly shape?: string;
  /** Checksum of the ids, which may be read alone. */
  readonly crc?: number;
  readonly ids: readonly string[];
}

/** The head ends here, so that it can be read alone: `{"schema":2,…,"ids":[…],"records":[` and a line per record. */
const HEAD_END = ',"records":[';
const RECORDS_AT_ONCE = 2_000;
const crcOf = (ids: readonly string[]): number => crc32(ids.join('\n'));

/**
 * lowdb's adapter for the records of one kind and partition at one revision: JSON, one record a line in order of id,
 * and a last line that seals it. A file never changes once it is written. Reading checks the seal, that the head's ids
 * are the records' ids, and, where the records were parsed by another schema than today's, every record.
 */
export class SheetFile implements Adapter<Records> {
  readonly path: string;
  readonly #kind: RecordKind;
  readonly #partition: string;
  readonly #disk: Disk;
  #seal: Seal | undefined;

  /** @param seal what the manifest says of it; none for a file that is about to be written */
  constructor(path: string, kind: RecordKind, partition: string, disk: Disk, seal?: Seal) {
    this.path = path;
    this.#kind = kind;
    this.#partition = partition;
    this.#disk = disk;
    this.#seal = seal;
  }

  get seal(): Seal {
    if (!this.#seal) throw new Error(`${this.path} has not been written.`);
    return this.#seal;
  }

  async read(): Promise<Records> {
    const file = this.#there(await this.#disk.read(this.path));
    const content = this.#json(unsealed(this.path, file, this.seal).toString());
    const head = this.#head(content);
    const { records } = content as { records?: unknown };
    if (!Array.isArray(records)) throw this.#damaged('it holds no list of records');
    const { ids } = head;
    if (ids.length !== records.length)
      throw this.#damaged(`its first line has ${ids.length} ids and it holds ${records.length} records`);
    const parsedBefore = head.shape === shapeOf(this.#kind);
    const found = new Map<string, StoredRecord>();
    for (const [at, id] of ids.entries()) {
      found.set(id, this.#record(id, records[at], parsedBefore));
      if (at % RECORDS_AT_ONCE === RECORDS_AT_ONCE - 1) await setImmediate();
    }
    return found;
  }

  /** The ids alone, from the file's first line: enough to find a record among many partitions. */
  async readIds(): Promise<readonly string[]> {
    const line = this.#there(await this.#disk.readLine(this.path));
    if (!line.endsWith(HEAD_END)) throw this.#damaged('its first line breaks off');
    const { ids, crc } = this.#head(this.#json(`${line.slice(0, -HEAD_END.length)}}`));
    if (crc !== crcOf(ids)) throw this.#damaged('the checksum of its first line is not that of its ids');
    return ids;
  }

  async write(records: Records): Promise<void> {
    const ids = [...records.keys()];
    const head: Head = {
      schema: RECORD_SCHEMA,
      kind: this.#kind,
      partition: this.#partition,
      shape: shapeOf(this.#kind),
      crc: crcOf(ids),
      ids,
    };
    const lines: string[] = [];
    for (const record of records.values()) {
      lines.push(JSON.stringify(record));
      if (lines.length % RECORDS_AT_ONCE === 0) await setImmediate();
    }
    const { content, seal } = sealed(
      `${JSON.stringify(head).slice(0, -1)}${HEAD_END}\n${lines.join(',\n')}\n]}\n`,
    );
    await this.#disk.write(this.path, content);
    this.#seal = seal;
  }

  derived(name: string): Promise<Uint8Array | undefined> {
    return readDerived(this.#disk, this, name);
  }

  derive(name: string, bytes: Uint8Array): Promise<void> {
    return writeDerived(this.#disk, this, name, bytes);
  }

  #json(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw this.#damaged('it is not complete JSON, as after a write that was cut off');
    }
  }

  #head(content: unknown): Head {
    const head = (content ?? {}) as Partial<Head>;
    checkSchema(this.path, head.schema);
    if (head.kind !== this.#kind || head.partition !== this.#partition) {
      throw this.#damaged(
        `it says it holds ${head.kind} ${head.partition ?? ''}, which belongs in another file`,
      );
    }
    if (!Array.isArray(head.ids)) throw this.#damaged('its first line holds no list of ids');
    return head as Head;
  }

  #record(id: string, value: unknown, parsedBefore: boolean): StoredRecord {
    const record = parsedBefore ? asWritten(value) : this.#parsed(id, value);
    if (record.id !== id) throw this.#damaged(`record ${record.id} stands where its first line has ${id}`);
    const partition = partitionOf(this.#kind, record);
    if (partition !== this.#partition) throw this.#damaged(`record ${id} belongs in partition ${partition}`);
    return record;
  }

  #parsed(id: string, value: unknown): StoredRecord {
    const parsed = parseStored(this.#kind, value);
    if ('record' in parsed) return parsed.record;
    throw this.#damaged(`record ${id}, field ${parsed.wrong.join('; field ')}`);
  }

  #there<T>(content: T | undefined): T {
    if (content === undefined) throw this.#damaged('it has gone');
    return content;
  }

  #damaged = (why: string) => damagedFile(this.path, why);
}
