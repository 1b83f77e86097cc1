import { Low } from 'lowdb';
import type { SheetCache } from './sheet-cache.ts';
import type { SheetFile } from './sheet-file.ts';
import { NO_RECORDS, type Records } from './stored-record.ts';

/** Tells whether an id is there. */
export interface Ids {
  has(id: string): boolean;
}

/**
 * One revision of one partition. It reads its file at first use and may forget it again, because the file is its own
 * until a commit replaces it; that commit pins the sheet first, so that older snapshots go on seeing what they saw.
 */
export class Sheet {
  readonly file: SheetFile;
  /** This revision's own; holds on to no records. */
  readonly version = Symbol('sheet');
  readonly #cache: SheetCache;
  #records: Promise<Records> | undefined;
  #ids: Promise<Ids> | undefined;
  #reading = false;
  #pinned = false;

  private constructor(file: SheetFile, cache: SheetCache) {
    this.file = file;
    this.#cache = cache;
  }

  /** A sheet whose file is on disk. */
  static onDisk(file: SheetFile, cache: SheetCache): Sheet {
    return new Sheet(file, cache);
  }

  /** A sheet of records that have just been written to its file. */
  static written(file: SheetFile, cache: SheetCache, records: Records): Sheet {
    const sheet = new Sheet(file, cache);
    sheet.#records = Promise.resolve(records);
    cache.use(sheet);
    return sheet;
  }

  records(): Promise<Records> {
    this.#records ??= this.#read();
    if (!this.#pinned) this.#cache.use(this);
    return this.#records;
  }

  /** The ids, without reading the records where they are not in memory. */
  ids(): Promise<Ids> {
    if (this.#records) return this.#records;
    this.#ids ??= this.file.readIds().catch((error: unknown) => {
      this.#ids = undefined;
      throw error;
    });
    return this.#ids;
  }

  /** Keeps the records in memory for as long as anybody holds this sheet: its file is about to be replaced. */
  async pin(): Promise<Records> {
    this.#pinned = true;
    this.#cache.drop(this);
    await this.#ids; // A read of the first line that is under way must not meet the new file.
    return this.records();
  }

  /** Lets go of the records, unless they are pinned or on their way: two reads could straddle a new file. */
  forget(): void {
    if (!this.#pinned && !this.#reading) this.#records = undefined;
  }

  async #read(): Promise<Records> {
    this.#reading = true;
    try {
      const low = new Low<Records>(this.file, NO_RECORDS);
      await low.read();
      return low.data;
    } catch (error) {
      this.#records = undefined; // A file put back from a backup is read again.
      throw error;
    } finally {
      this.#reading = false;
    }
  }
}

/** Writes records as the new content of a file; durable when it resolves. What is in memory stays as it is. */
export const save = (file: SheetFile, records: Records): Promise<void> => new Low(file, records).write();
