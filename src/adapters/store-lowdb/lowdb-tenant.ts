import { IcbError } from '../../domain/errors.ts';
import type { RecordKind } from '../../domain/records.ts';
import type { Changes, Snapshot, TenantStore } from '../../ports/store.ts';
import type { Disk } from './disk.ts';
import { type Edit, edited, parseChanges, planEdits } from './edits.ts';
import { Journal } from './journal.ts';
import { Sheet, save } from './sheet.ts';
import type { SheetCache } from './sheet-cache.ts';
import type { SheetFile } from './sheet-file.ts';
import { NO_RECORDS, type Records } from './stored-record.ts';
import { TenantFiles } from './tenant-files.ts';
import { TenantState } from './tenant-state.ts';

/** What a tenant needs of its store. */
export interface TenantContext {
  readonly disk: Disk;
  readonly cache: SheetCache;
  /** Throws once the store is closing: commits asked for earlier still finish. */
  readonly assertOpen: () => void;
  /** Throws when another process may be writing. */
  readonly assertHeld: () => void;
}

/** One file of a commit, before and after. */
interface Replacement {
  readonly kind: RecordKind;
  readonly partition: string;
  readonly file: SheetFile;
  readonly before: Records;
  readonly after: Records;
}

/**
 * A tenant's records in lowdb files. A commit writes, in this order: the intent, each changed file, the new revision;
 * then memory is swapped. Reads use the state in memory and never wait for it.
 */
export class LowdbTenant implements TenantStore {
  readonly #context: TenantContext;
  readonly #files: TenantFiles;
  readonly #journal: Journal;
  #state = new TenantState(0, new Map());
  #lastCommit: Promise<unknown> = Promise.resolve();
  /** Files of a refused commit that could not be put back yet; undefined when the disk equals the memory. */
  #unsettled: readonly Replacement[] | undefined;

  private constructor(folder: string, context: TenantContext) {
    this.#context = context;
    this.#files = new TenantFiles(folder, context.disk, context.cache);
    this.#journal = new Journal(folder, context.disk);
  }

  /** Opens a tenant's folder and finishes the commit that was under way when the last process died. */
  static async open(folder: string, context: TenantContext): Promise<LowdbTenant> {
    const tenant = new LowdbTenant(folder, context);
    tenant.#state = new TenantState(await tenant.#journal.revision(), await tenant.#files.sheets());
    const intent = await tenant.#journal.unfinished();
    if (!intent) return tenant;
    if (intent.revision > tenant.#state.revision) {
      const replacements = await tenant.#replacements(intent.edits);
      for (const { file, after } of replacements) await save(file, after);
      await tenant.#journal.writeRevision(intent.revision);
      tenant.#swap(intent.revision, replacements);
    }
    await tenant.#journal.clear();
    return tenant;
  }

  async snapshot(): Promise<Snapshot> {
    return this.#state;
  }

  async commit(changes: Changes, { basedOn }: { readonly basedOn?: number } = {}): Promise<number> {
    this.#context.assertOpen();
    const parsing = parseChanges(changes);
    parsing.catch(() => undefined); // Told in its turn.
    return this.#inTurn(async () => {
      const parsed = await parsing;
      this.#context.assertHeld();
      if (basedOn !== undefined && basedOn !== this.#state.revision) {
        throw new IcbError('conflict', 'Somebody else changed this in the meantime; look again and repeat.');
      }
      await this.#settle();
      await this.#write(await planEdits(this.#state, parsed));
      return this.#state.revision;
    });
  }

  /** Resolves when the commits asked for so far are done, well or badly. */
  async idle(): Promise<void> {
    await this.#lastCommit;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastCommit.then(work);
    this.#lastCommit = turn.catch(() => undefined);
    return turn;
  }

  async #write(edits: readonly Edit[]): Promise<void> {
    const revision = this.#state.revision + 1;
    const replacements = await this.#replacements(edits);
    const begun: Replacement[] = [];
    try {
      await this.#journal.begin({ revision, edits });
      for (const replacement of replacements) {
        begun.push(replacement);
        await save(replacement.file, replacement.after);
      }
      await this.#journal.writeRevision(revision);
    } catch (error) {
      this.#unsettled = begun;
      await this.#settle().catch(() => undefined); // The next commit tries again and says why it cannot.
      throw error;
    }
    this.#swap(revision, replacements);
    await this.#journal.clear().catch(() => undefined); // The revision alone makes the intent void.
  }

  /**
   * Puts the files of a refused commit back. Should the process die before that succeeds, the commit was neither
   * acknowledged nor undone, and the next start finishes it.
   */
  async #settle(): Promise<void> {
    if (!this.#unsettled) return;
    // The revision first: from then on the intent counts again, and covers files that are only half put back.
    await this.#journal.writeRevision(this.#state.revision);
    for (const { file, before } of this.#unsettled) await save(file, before);
    await this.#journal.clear();
    this.#unsettled = undefined;
  }

  #replacements(edits: readonly Edit[]): Promise<readonly Replacement[]> {
    return Promise.all(
      edits.map(async (edit) => {
        const { kind, partition } = edit;
        const sheet = this.#state.sheetsOf(kind).get(partition);
        const before = (await sheet?.pin()) ?? NO_RECORDS;
        const file = sheet?.file ?? this.#files.file(kind, partition);
        return { kind, partition, file, before, after: edited(before, edit) };
      }),
    );
  }

  #swap(revision: number, replacements: readonly Replacement[]): void {
    const sheets = replacements.map(({ kind, partition, file, after }) => {
      const sheet = after.size > 0 ? Sheet.written(file, this.#context.cache, after) : undefined;
      return [kind, partition, sheet] as const;
    });
    this.#state = this.#state.with(revision, sheets);
  }
}
