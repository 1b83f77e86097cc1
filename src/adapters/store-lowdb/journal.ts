import { join } from 'node:path';
import type { Disk } from './disk.ts';
import type { Edit } from './edits.ts';
import { damagedFile } from './file-problem.ts';
import { commitAt, commitBytes, type JournalCommit, type ParseRecord } from './journal-line.ts';

const FOLDER = '_journal';
const SEGMENT = /^\d{12}\.log$/;
const NOTE = /^(\d+)$/m;

interface Segment {
  readonly path: string;
  /** The first revision in it. */
  readonly first: number;
}

/** The files of a folder's journal, within it, oldest first. Once a later one is begun nothing is written into them. */
export const segments = async (disk: Disk, folder: string): Promise<readonly string[]> =>
  (await disk.list(join(folder, FOLDER)))
    .filter((name) => SEGMENT.test(name))
    .sort()
    .map((name) => `${FOLDER}/${name}`);

/**
 * The commits since the last checkpoint, one after another in `_journal/<first revision>.log`. A commit is there when
 * all its bytes are; one that is cut off at the very end was never acknowledged.
 */
export class Journal {
  readonly #folder: string;
  readonly #disk: Disk;
  #segments: readonly Segment[] = [];
  #open: Segment | undefined;
  /** Bytes of the open segment that hold commits. */
  #length = 0;
  /** A refused commit may have left something behind these bytes. */
  #unsettled = false;
  /** Bytes of all segments, for whoever decides when it is time for a checkpoint. */
  bytes = 0;

  constructor(folder: string, disk: Disk) {
    this.#folder = join(folder, FOLDER);
    this.#disk = disk;
  }

  /**
   * Hands on every commit after a revision.
   * @throws IcbError `store-damaged` when one is missing or not as it was written
   */
  async replay(after: number, take: (commit: JournalCommit) => void, parse?: ParseRecord): Promise<void> {
    const names = (await this.#disk.list(this.#folder)).filter((name) => SEGMENT.test(name)).sort();
    let revision = after;
    let torn: (() => Promise<void>) | undefined;
    for (const [at, name] of names.entries()) {
      const path = join(this.#folder, name);
      const bytes = (await this.#disk.read(path)) ?? Buffer.alloc(0);
      for (let position = 0; position < bytes.length; ) {
        const found = commitAt(path, bytes, position, parse);
        if (found === 'torn') {
          if (at < names.length - 1) throw damagedFile(path, 'a commit in it breaks off');
          torn = () => this.#putAside(path, bytes, position);
          break;
        }
        position = found.end;
        if (found.revision <= after) continue; // A checkpoint holds it; the segment could not be removed then.
        if (found.revision !== revision + 1)
          throw damagedFile(path, `commit ${revision + 1} is missing before commit ${found.revision}`);
        revision = found.revision;
        take(found);
      }
      this.bytes += bytes.length;
      this.#segments = [...this.#segments, { path, first: Number(name.slice(0, 12)) }];
    }
    await this.#expectAcknowledged(revision); // First: a journal that somebody cut is left as it is.
    await torn?.();
  }

  /** Durable when it resolves. After an error nothing of it counts, unless the process dies before it can be cut off. */
  async append(revision: number, edits: readonly Edit[]): Promise<void> {
    await this.settle();
    const bytes = await commitBytes(revision, edits);
    this.#open ??= this.#begin(revision);
    try {
      await this.#disk.append(this.#open.path, this.#length, bytes);
    } catch (error) {
      this.#unsettled = true;
      await this.settle().catch(() => undefined); // The next commit tries again and says why it cannot.
      throw error;
    }
    this.#length += bytes.length;
    this.bytes += bytes.length;
    await this.#disk.note(this.#notePath, `${revision}\n`).catch(() => undefined);
  }

  /** Cuts off what a refused commit has left. */
  async settle(): Promise<void> {
    if (!this.#unsettled || !this.#open) return;
    if (this.#length === 0) await this.#disk.remove(this.#open.path);
    else await this.#disk.truncate(this.#open.path, this.#length);
    this.#unsettled = false;
  }

  /** The next commit begins a new segment. */
  async rotate(): Promise<void> {
    await this.settle();
    if (this.#length === 0) this.#segments = this.#segments.filter((segment) => segment !== this.#open);
    this.#open = undefined;
    this.#length = 0;
  }

  /** Takes away the segments before a revision's: a checkpoint holds their commits. */
  async dropBefore(revision: number): Promise<void> {
    const old = this.#segments.filter(({ first, path }) => first < revision && path !== this.#open?.path);
    for (const segment of old) {
      await this.#disk.remove(segment.path);
      this.#segments = this.#segments.filter((each) => each !== segment);
    }
    this.bytes = this.#length;
  }

  #begin(revision: number): Segment {
    const segment = {
      path: join(this.#folder, `${String(revision).padStart(12, '0')}.log`),
      first: revision,
    };
    this.#segments = [...this.#segments.filter(({ path }) => path !== segment.path), segment];
    return segment;
  }

  /** What is cut off is kept for whoever wants to look at it. */
  async #putAside(path: string, bytes: Buffer, from: number): Promise<void> {
    await this.#disk.write(`${path}.torn`, bytes.subarray(from));
    if (from === 0) await this.#disk.remove(path);
    else await this.#disk.truncate(path, from);
  }

  get #notePath(): string {
    return join(this.#folder, 'acknowledged');
  }

  /**
   * The number of the last acknowledged commit is noted after it. Such a note may be too old after a power cut, never
   * too new; so a journal that ends before it has been cut by somebody.
   */
  async #expectAcknowledged(revision: number): Promise<void> {
    const note = (await this.#disk.read(this.#notePath))?.toString() ?? '';
    const acknowledged = Number(NOTE.exec(note)?.[1] ?? 0);
    if (acknowledged <= revision) return;
    throw damagedFile(
      this.#folder,
      `it ends with commit ${revision}, and commit ${acknowledged} was acknowledged; a file in it was cut or taken away`,
    );
  }
}
