import { join } from 'node:path';
import type { RecordKind } from '../../domain/records.ts';
import { removeDerived } from './derived-file.ts';
import type { Journal } from './journal.ts';
import type { TenantContext } from './lowdb-tenant.ts';
import { type Entry, fileName, type Manifest, writeManifest } from './manifest.ts';
import { type Sheet, save } from './sheet.ts';
import { SheetFile } from './sheet-file.ts';
import { lastSnapshotDay, rotateSnapshots, takeSnapshot } from './snapshots.ts';
import type { TenantState } from './tenant-state.ts';

interface Tenant {
  readonly journal: Journal;
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly state: () => TenantState;
  readonly swap: (next: TenantState) => void;
}

/**
 * Puts what the journal holds into files, while commits and reads go on: a new file per partition that changed, then a
 * manifest that names them, then the journal's old segments go. Replaced files go once no snapshot in memory reads them.
 */
export class Checkpoints {
  readonly #folder: string;
  readonly #context: TenantContext;
  readonly #tenant: Tenant;
  readonly #replaced = new Set<string>();
  readonly #unread: FinalizationRegistry<string>;
  #last: Promise<void> = Promise.resolve();
  #waiting = false;
  #snapshotDay = '';
  /** The files that the manifest on disk names. */
  #named: ReadonlySet<string> = new Set();

  constructor(folder: string, context: TenantContext, tenant: Tenant) {
    this.#folder = folder;
    this.#context = context;
    this.#tenant = tenant;
    this.#unread = new FinalizationRegistry((path) => {
      // After the store is closed the folder may be another process's, and the name another file's.
      if (this.#replaced.has(path)) this.#remove(path).catch(() => undefined);
    });
  }

  /** @param manifest the one on disk */
  async begin({ files }: Manifest): Promise<void> {
    this.#named = new Set(files.map(({ file }) => join(this.#folder, file)));
    this.#snapshotDay = await lastSnapshotDay(this.#context.disk, this.#folder);
  }

  /** In the background, once the journal is long, unless one is waiting already. */
  whenDue(): void {
    if (this.#waiting || this.#tenant.journal.bytes <= this.#context.journalBytes) return;
    this.#waiting = true;
    this.#run(undefined);
  }

  /** Before the first commit of a day (UTC) a snapshot is taken of what was there, in the background. */
  oncePerDay(): void {
    const { snapshots, now } = this.#context;
    const day = new Date(now()).toISOString().slice(0, 10);
    if (snapshots === 0 || day <= this.#snapshotDay || this.#tenant.state().revision === 0) return;
    this.#snapshotDay = day;
    this.#run(day);
  }

  async close(): Promise<void> {
    await this.#last;
    if (this.#tenant.journal.bytes > 0) this.#run(undefined);
    await this.#last;
    const replaced = [...this.#replaced];
    this.#replaced.clear();
    for (const path of replaced) await this.#erase(path).catch(() => undefined);
  }

  #run(snapshot: string | undefined): void {
    // The state is taken now, before the commit that asks for a snapshot of what was there before it.
    const begun = this.#begin();
    begun.catch(() => undefined);
    this.#last = this.#last.then(async () => {
      this.#waiting = false;
      try {
        const state = await begun;
        await this.#put(state, snapshot);
        // Commits that came while it waited asked for none of their own.
        if (this.#tenant.state().revision > state.revision) this.whenDue();
      } catch (error) {
        this.#context.warn(error); // The journal holds it all; the next time tries again.
      }
    });
  }

  #begin(): Promise<TenantState> {
    const { inTurn, journal, state } = this.#tenant;
    return inTurn(async () => {
      this.#context.assertHeld();
      await journal.rotate();
      return state();
    });
  }

  async #put(state: TenantState, snapshot: string | undefined): Promise<void> {
    const { disk, assertHeld, snapshots } = this.#context;
    const files: Entry[] = [];
    const written: Written[] = [];
    for (const [kind, partition, sheet] of state.sheets()) {
      const there = this.#fileOf(kind, partition, sheet);
      const name = join(this.#folder, fileName(kind, partition, state.revision));
      const file = there ?? new SheetFile(name, kind, partition, disk);
      if (!there) {
        await save(file, await sheet.records());
        written.push({ kind, partition, lineage: sheet.lineage, file });
      }
      const path = file.path.slice(this.#folder.length + 1);
      files.push({ kind, partition, file: path, records: sheet.count, ...file.seal });
    }
    const manifest = { revision: state.revision, files };
    await this.#tenant.inTurn(async () => {
      assertHeld();
      await writeManifest(disk, this.#folder, manifest);
      this.#swap(written, manifest);
      await this.#tenant.journal.dropBefore(state.revision + 1).catch(this.#context.warn);
    });
    if (snapshot) await this.#snapshot(snapshot, manifest, snapshots);
  }

  /** The file that holds just this; an earlier checkpoint may have written it since the state was taken. */
  #fileOf(kind: RecordKind, partition: string, sheet: Sheet): SheetFile | undefined {
    if (sheet.written) return sheet.file;
    const now = this.#tenant.state().sheetsOf(kind).get(partition);
    return now?.version === sheet.version && now.written ? now.file : undefined;
  }

  #swap(written: readonly Written[], manifest: Manifest): void {
    const state = this.#tenant.state();
    const rebased = written.flatMap(({ kind, partition, lineage, file }) => {
      const now = state.sheetsOf(kind).get(partition);
      // A partition that was emptied and filled anew since has nothing of that file.
      if (now?.lineage !== lineage) return [];
      if (now.file) this.#unread.register(now.file, now.file.path);
      return [[kind, partition, now.over(file, manifest.revision)] as const];
    });
    this.#tenant.swap(state.with(state.revision, rebased));
    const named = new Set(manifest.files.map(({ file }) => join(this.#folder, file)));
    for (const path of this.#named) if (!named.has(path)) this.#replaced.add(path);
    this.#named = named;
  }

  async #remove(path: string): Promise<void> {
    await this.#erase(path);
    this.#replaced.delete(path);
  }

  async #erase(path: string): Promise<void> {
    await removeDerived(this.#context.disk, path);
    await this.#context.disk.remove(path);
  }

  async #snapshot(name: string, manifest: Manifest, keep: number): Promise<void> {
    await takeSnapshot(this.#context.disk, this.#folder, name, manifest);
    await rotateSnapshots(this.#context.disk, this.#folder, keep);
  }
}

interface Written {
  readonly kind: RecordKind;
  readonly partition: string;
  readonly lineage: symbol;
  readonly file: SheetFile;
}
