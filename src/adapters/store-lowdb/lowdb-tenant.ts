import { IcbError } from '../../domain/errors.ts';
import type { Changes, Snapshot, TenantStore } from '../../ports/store.ts';
import { Checkpoints } from './checkpoints.ts';
import type { Disk } from './disk.ts';
import { type Edit, parseChanges, planEdits } from './edits.ts';
import { Journal } from './journal.ts';
import { Sheet } from './sheet.ts';
import type { SheetCache } from './sheet-cache.ts';
import { openFolder, readState } from './tenant-folder.ts';
import type { TenantState } from './tenant-state.ts';

/** What a tenant needs of its store. */
export interface TenantContext {
  readonly disk: Disk;
  readonly cache: SheetCache;
  /** Bytes of the journal after which its commits are put into files. */
  readonly journalBytes: number;
  /** Daily snapshots that are kept. */
  readonly snapshots: number;
  readonly now: () => number;
  /** Is told of what went wrong in the background; no commit is lost by it. */
  readonly warn: (error: unknown) => void;
  /** Throws once the store is closing: commits asked for earlier still finish. */
  readonly assertOpen: () => void;
  /** Throws when another process may be writing. */
  readonly assertHeld: () => void;
}

/**
 * A tenant's records in lowdb files that never change, and a journal of the commits since they were written. A commit
 * is durable once it is in the journal; then memory is swapped. Reads use the state in memory and never wait for it.
 */
export class LowdbTenant implements TenantStore {
  readonly #context: TenantContext;
  readonly #journal: Journal;
  readonly #checkpoints: Checkpoints;
  #state: TenantState;
  #lastCommit: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, context: TenantContext, journal: Journal, state: TenantState) {
    this.#context = context;
    this.#journal = journal;
    this.#state = state;
    this.#checkpoints = new Checkpoints(folder, context, {
      journal,
      inTurn: (work) => this.#inTurn(work),
      state: () => this.#state,
      swap: (next) => {
        this.#state = next;
      },
    });
  }

  /** Opens a tenant's folder and takes in the commits that the last process had not put into files. */
  static async open(folder: string, context: TenantContext): Promise<LowdbTenant> {
    const manifest = await openFolder(context.disk, folder);
    const journal = new Journal(folder, context.disk);
    const state = await readState(manifest, journal, { ...context, folder });
    const tenant = new LowdbTenant(folder, context, journal, state);
    await tenant.#checkpoints.begin(manifest);
    return tenant;
  }

  async snapshot(): Promise<Snapshot> {
    return this.#state;
  }

  async commit(changes: Changes, { basedOn }: { readonly basedOn?: number } = {}): Promise<number> {
    this.#context.assertOpen();
    this.#checkpoints.oncePerDay();
    const parsing = parseChanges(changes, this.#state);
    parsing.catch(() => undefined); // Told in its turn.
    return this.#inTurn(async () => {
      const parsed = await parsing;
      this.#context.assertHeld();
      if (basedOn !== undefined && basedOn !== this.#state.revision) {
        throw new IcbError('conflict', 'Somebody else changed this in the meantime; look again and repeat.');
      }
      const edits = await planEdits(this.#state, parsed);
      const revision = this.#state.revision + 1;
      await this.#journal.append(revision, edits);
      this.#state = this.#state.with(revision, this.#sheetsAfter(edits, revision));
      this.#checkpoints.whenDue();
      return revision;
    });
  }

  /** Finishes the commits asked for so far, well or badly, and puts them into files. */
  async close(): Promise<void> {
    await this.#lastCommit;
    await this.#checkpoints.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastCommit.then(work);
    this.#lastCommit = turn.catch(() => undefined);
    return turn;
  }

  #sheetsAfter(edits: readonly Edit[], revision: number) {
    return edits.map((edit) => {
      const before =
        this.#state.sheetsOf(edit.kind).get(edit.partition) ??
        Sheet.empty(this.#context.cache.of(edit.partition));
      return [edit.kind, edit.partition, before.after(edit, revision)] as const;
    });
  }
}
