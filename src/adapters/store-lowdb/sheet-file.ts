import type { Adapter } from 'lowdb';
import type { RecordKind } from '../../domain/records.ts';
import type { Disk } from './disk.ts';
import { checkSchema, damagedFile, SCHEMA } from './file-problem.ts';
import { parseStored, partitionOf, type Records, type StoredRecord } from './stored-record.ts';

interface Head {
  readonly schema: number;
  readonly kind: string;
  readonly partition: string;
  readonly ids: readonly string[];
}

/** The head ends here, so that it can be read alone: `{"schema":2,…,"ids":[…],"records":[` and a line per record. */
const HEAD_END = ',"records":[';

/**
 * lowdb's adapter for the records of one kind and partition: JSON, one record a line in order of id. An empty
 * partition has no file. Reading checks every record and that the head's ids are the records' ids.
 */
export class SheetFile implements Adapter<Records> {
  readonly #path: string;
  readonly #kind: RecordKind;
  readonly #partition: string;
  readonly #disk: Disk;

  constructor(path: string, kind: RecordKind, partition: string, disk: Disk) {
    this.#path = path;
    this.#kind = kind;
    this.#partition = partition;
    this.#disk = disk;
  }

  async read(): Promise<Records> {
    const content = this.#json(this.#there(await this.#disk.read(this.#path)));
    const { ids } = this.#head(content);
    const { records } = content as { records?: unknown };
    if (!Array.isArray(records)) throw this.#damaged('it holds no list of records');
    if (ids.length !== records.length) {
      throw this.#damaged(`its first line has ${ids.length} ids and it holds ${records.length} records`);
    }
    return new Map(ids.map((id, at) => [id, this.#record(id, records[at])]));
  }

  /** The ids alone, from the file's first line: enough to find a record among many partitions. */
  async readIds(): Promise<ReadonlySet<string>> {
    const line = this.#there(await this.#disk.readLine(this.#path));
    if (!line.endsWith(HEAD_END)) throw this.#damaged('its first line breaks off');
    return new Set(this.#head(this.#json(`${line.slice(0, -HEAD_END.length)}}`)).ids);
  }

  write(records: Records): Promise<void> {
    return records.size === 0
      ? this.#disk.remove(this.#path)
      : this.#disk.write(this.#path, this.#text(records));
  }

  #text(records: Records): string {
    const head: Head = {
      schema: SCHEMA,
      kind: this.#kind,
      partition: this.#partition,
      ids: [...records.keys()],
    };
    const lines = Array.from(records.values(), (record) => JSON.stringify(record));
    return `${JSON.stringify(head).slice(0, -1)}${HEAD_END}\n${lines.join(',\n')}\n]}\n`;
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
    checkSchema(this.#path, head.schema);
    if (head.kind !== this.#kind || head.partition !== this.#partition) {
      throw this.#damaged(
        `it says it holds ${head.kind} ${head.partition ?? ''}, which belongs in another file`,
      );
    }
    if (!Array.isArray(head.ids)) throw this.#damaged('its first line holds no list of ids');
    return head as Head;
  }

  #record(id: string, value: unknown): StoredRecord {
    const parsed = parseStored(this.#kind, value);
    if ('wrong' in parsed) throw this.#damaged(`record ${id}, field ${parsed.wrong.join('; field ')}`);
    const { record } = parsed;
    if (record.id !== id) throw this.#damaged(`record ${record.id} stands where its first line has ${id}`);
    const partition = partitionOf(this.#kind, record);
    if (partition !== this.#partition) throw this.#damaged(`record ${id} belongs in partition ${partition}`);
    return record;
  }

  #there(text: string | undefined): string {
    if (text === undefined) throw this.#damaged('it has gone since icb started');
    return text;
  }

  #damaged = (why: string) => damagedFile(this.#path, why);
}
