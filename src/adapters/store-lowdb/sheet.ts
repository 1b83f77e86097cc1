import { Low } from 'lowdb';
import type { Edit } from './edits.ts';
import { hashOf, IdHashes } from './id-hashes.ts';
import type { SheetCache } from './sheet-cache.ts';
import type { SheetFile } from './sheet-file.ts';
import { byId, NO_RECORDS, type Records, type StoredRecord } from './stored-record.ts';

/** What the journal holds of one record since the sheet's file was written; undefined: it was removed. */
interface Late {
  readonly revision: number;
  readonly record: StoredRecord | undefined;
}
type Overlay = ReadonlyMap<string, Late>;

const NOTHING: Overlay = new Map();

/**
 * One revision of one partition: a file, which never changes, and what was committed since. It reads its file at first
 * use and may forget it again; snapshots of earlier revisions go on seeing what they saw.
 */
export class Sheet {
  /** How many records it holds. */
  readonly count: number;
  /** Undefined for a partition that no checkpoint has met. */
  readonly file: SheetFile | undefined;
  /** Stays the same while the records do; holds on to none of them. */
  readonly version: symbol;
  /** The same for all revisions of a partition between its first record and its last. */
  readonly lineage: symbol;
  readonly #overlay: Overlay;
  readonly #cache: SheetCache;
  #records: Promise<Records> | undefined;
  #known: Records | undefined;
  #ids: Promise<IdHashes> | undefined;
  #looked: IdHashes | undefined;
  /** There is a next revision: whoever still reads this one keeps it, and the cache must not. */
  #superseded = false;

  private constructor(
    cache: SheetCache,
    count: number,
    file: SheetFile | undefined,
    overlay: Overlay,
    {
      version = Symbol('sheet'),
      lineage = Symbol('partition'),
    }: Partial<Pick<Sheet, 'version' | 'lineage'>> = {},
  ) {
    this.#cache = cache;
    this.count = count;
    this.file = file;
    this.#overlay = overlay;
    this.version = version;
    this.lineage = lineage;
  }

  static onDisk(file: SheetFile, count: number, cache: SheetCache): Sheet {
    return new Sheet(cache, count, file, NOTHING);
  }

  static empty(cache: SheetCache): Sheet {
    const sheet = new Sheet(cache, 0, undefined, NOTHING);
    sheet.#know(NO_RECORDS);
    return sheet;
  }

  /** Whether the file alone holds it. */
  get written(): boolean {
    return this.#overlay.size === 0;
  }

  /** The next revision; undefined when no record is left. */
  after(edit: Edit, revision: number): Sheet | undefined {
    const count = this.count + edit.grown;
    this.#supersede();
    if (count === 0) return undefined;
    const overlay = new Map(this.#overlay);
    for (const id of edit.remove) overlay.set(id, { revision, record: undefined });
    for (const record of edit.put) overlay.set(record.id, { revision, record });
    const next = new Sheet(this.#cache, count, this.file, overlay, { lineage: this.lineage });
    if (this.#known) {
      next.#know(edited(this.#known, edit.remove, edit.put));
      this.#cache.use(next);
    } else next.#ids = this.#ids;
    return next;
  }

  /** The same records, of which a file now holds those up to a revision. */
  over(file: SheetFile, revision: number): Sheet {
    const later = [...this.#overlay].filter(([, late]) => late.revision > revision);
    const next = new Sheet(this.#cache, this.count, file, new Map(later), this);
    this.#supersede();
    if (this.#known) {
      next.#know(this.#known);
      this.#cache.use(next);
    }
    return next;
  }

  /** The records, where they are in memory. */
  get known(): Records | undefined {
    return this.#known;
  }

  records(): Promise<Records> {
    this.#records ??= this.#read();
    if (this.#known) this.#keep();
    return this.#records;
  }

  /** Whether it holds an id; reads no more than the ids for that. */
  async has(id: string): Promise<boolean> {
    const late = this.#known ? undefined : this.#overlay.get(id);
    if (late) return late.record !== undefined;
    if (this.#known) return this.#known.has(id);
    if (!this.file || !(await this.#idHashes()).mayHave(hashOf(id))) return false;
    return this.#known ? (this.#known as Records).has(id) : (await this.file.readIds()).includes(id);
  }

  /** Reads what `mayHave` needs. */
  async look(): Promise<void> {
    if (!this.#known && this.file) this.#looked = await this.#idHashes();
  }

  /** After `look`: false when an id is certainly not there; `hashed` is `hashOf` it. */
  mayHave(id: string, hashed: number): boolean {
    if (this.#known) return this.#known.has(id);
    const late = this.#overlay.get(id);
    return late ? late.record !== undefined : (this.#looked?.mayHave(hashed) ?? this.file !== undefined);
  }

  /** What was made of these records, where a file holds just them. */
  async derived(name: string): Promise<Uint8Array | undefined> {
    return this.written ? this.file?.derived(name) : undefined;
  }

  async derive(name: string, bytes: Uint8Array): Promise<void> {
    if (this.written) await this.file?.derive(name, bytes);
  }

  forget(): void {
    this.#known = undefined;
    this.#records = undefined;
  }

  #keep(): void {
    if (!this.#superseded) this.#cache.use(this);
  }

  #supersede(): void {
    this.#superseded = true;
    this.#cache.drop(this);
  }

  #idHashes(): Promise<IdHashes> {
    this.#ids ??= this.#readIds();
    return this.#ids;
  }

  async #readIds(): Promise<IdHashes> {
    try {
      return new IdHashes((await this.file?.readIds()) ?? []);
    } catch (error) {
      this.#ids = undefined;
      throw error;
    }
  }

  #know(records: Records): void {
    this.#known = records;
    this.#records = Promise.resolve(records);
  }

  async #read(): Promise<Records> {
    try {
      const low = new Low<Records>(this.file ?? NO_FILE, NO_RECORDS);
      await low.read();
      const late = [...this.#overlay];
      const records = edited(
        low.data,
        late.flatMap(([id, { record }]) => (record ? [] : [id])),
        late.flatMap(([, { record }]) => record ?? []),
      );
      this.#known = records;
      this.#keep();
      return records;
    } catch (error) {
      this.#records = undefined; // A file put back from a backup is read again.
      throw error;
    }
  }
}

const NO_FILE = { read: async (): Promise<Records> => NO_RECORDS, write: async (): Promise<void> => {} };

/** Removals first, so that a record may leave and come back in one commit. */
function edited(records: Records, remove: readonly string[], put: readonly StoredRecord[]): Records {
  if (remove.length + put.length === 0) return records;
  const after = new Map(records);
  for (const id of remove) after.delete(id);
  const before = after.size;
  for (const record of put) after.set(record.id, record);
  return after.size > before
    ? new Map([...after.values()].sort(byId).map((record) => [record.id, record]))
    : after;
}

/** Writes records as the content of a new file; durable when it resolves. */
export const save = (file: SheetFile, records: Records): Promise<void> => new Low(file, records).write();
