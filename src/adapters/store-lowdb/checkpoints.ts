import { join } from 'node:path';
import type { RecordKind } from '../../domain/records.ts';
import type { Journal } from './journal.ts';
import type { TenantContext } from './lowdb-tenant.ts';
import { type Entry, fileName, type Manifest, readManifest, writeManifest } from './manifest.ts';
import { NamedFiles } from './named-files.ts';
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
 * manifest that names them, then the journal's old segments go. One that fails takes back what it wrote, and the next is
 * not tried at every commit: on a full disk it would take the room that commits need.
 */
export class Checkpoints {
  readonly #folder: string;
  readonly #context: TenantContext;
  readonly #tenant: Tenant;
  readonly #named: NamedFiles;
  #last: Promise<void> = Promise.resolve();
  #waiting = false;
  #snapshotDay = '';
  /** When the last one failed, if it did, and how long the journal was then. */
  #failed: { readonly at: number; readonly bytes: number } | undefined;

  constructor(folder: string, context: TenantContext, tenant: Tenant) {
    this.#folder = folder;
    this.#context = context;
    this.#tenant = tenant;
    this.#named = new NamedFiles(context.disk);
  }

  /** @param manifest the one on disk */
  async begin({ files }: Manifest): Promise<void> {
    this.#named.begin(
      files.map(({ file }) => join(this.#folder, file)),
      Array.from(this.#tenant.state().sheets(), ([, , sheet]) => sheet.file).filter(
        (file) => file !== undefined,
      ),
    );
    this.#snapshotDay = await lastSnapshotDay(this.#context.disk, this.#folder);
  }

  /** In the background, once the journal is long, unless one is waiting already. */
  whenDue(): void {
    const short = this.#tenant.journal.bytes <= this.#context.journalBytes;
    if (this.#waiting || short || this.#resting()) return;
    this.#waiting = true;
    this.#run();
  }

  /** Before the first commit of a day (UTC) a snapshot is taken of what was there, in the background. */
  oncePerDay(): void {
    const { snapshots, now } = this.#context;
    const day = new Date(now()).toISOString().slice(0, 10);
    if (snapshots === 0 || day <= this.#snapshotDay || this.#tenant.state().revision === 0) return;
    if (this.#resting()) return;
    const before = this.#snapshotDay;
    this.#snapshotDay = day;
    this.#run(day, () => {
      this.#snapshotDay = before;
    });
  }

  async close(): Promise<void> {
    await this.#last;
    if (this.#tenant.journal.bytes > 0) this.#run();
    await this.#last;
    await this.#named.close();
  }

  /** After a failure: until the journal has grown by its limit once more, or a minute has passed. */
  #resting(): boolean {
    if (!this.#failed) return false;
    const { at, bytes } = this.#failed;
    return (
      this.#tenant.journal.bytes < bytes + this.#context.journalBytes && this.#context.now() < at + REST_MS
    );
  }

  #run(snapshot?: string, onFailure = (): void => {}): void {
    // The state is taken now, before the commit that asks for a snapshot of what was there before it.
    const begun = this.#begin();
    begun.catch(() => undefined);
    this.#last = this.#last.then(async () => {
      this.#waiting = false;
      try {
        const state = await begun;
        await this.#put(state, snapshot);
        this.#failed = undefined;
        // Commits that came while it waited asked for none of their own.
        if (this.#tenant.state().revision > state.revision) this.whenDue();
      } catch (error) {
        this.#failed = { at: this.#context.now(), bytes: this.#tenant.journal.bytes };
        onFailure();
        this.#context.warn(error); // The journal holds it all; a later one tries again.
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
    const { entries, written, files } = await this.#write(state);
    const manifest = { revision: state.revision, files: entries };
    await this.#tenant.inTurn(async () => {
      assertHeld();
      try {
        await writeManifest(disk, this.#folder, manifest);
      } catch (error) {
        await this.#unlessNamed(manifest, written);
        throw error;
      }
      this.#swap(written, manifest, files);
      await this.#tenant.journal.dropBefore(state.revision + 1).catch(this.#context.warn);
    });
    if (snapshot) await this.#snapshot(snapshot, manifest, snapshots);
  }

  /** A new file of each partition that no file holds as it is; all of them, or none stays. */
  async #write(state: TenantState) {
    const entries: Entry[] = [];
    const files: SheetFile[] = [];
    const written: Written[] = [];
    try {
      for (const [kind, partition, sheet] of state.sheets()) {
        const there = this.#fileOf(kind, partition, sheet);
        const name = join(this.#folder, fileName(kind, partition, state.revision));
        const file = there ?? new SheetFile(name, kind, partition, this.#context.disk);
        if (!there) {
          written.push({ kind, partition, lineage: sheet.lineage, file });
          await save(file, await sheet.records());
        }
        const path = file.path.slice(this.#folder.length + 1);
        files.push(file);
        entries.push({ kind, partition, file: path, records: sheet.count, ...file.seal });
      }
    } catch (error) {
      await this.#takeBack(written);
      throw error;
    }
    return { entries, files, written };
  }

  /** A manifest that failed may be there all the same: only the sync of its folder failed. Then its files must be too. */
  async #unlessNamed(manifest: Manifest, written: readonly Written[]): Promise<void> {
    const there = await readManifest(this.#context.disk, this.#folder).catch(() => undefined);
    if (there && there.revision < manifest.revision) await this.#takeBack(written);
    else this.#named.perhapsAlso(written.map(({ file }) => file));
  }

  async #takeBack(written: readonly Written[]): Promise<void> {
    try {
      this.#context.assertHeld(); // Else it is another process's folder, whose files may have these names.
      for (const { file } of written) if (!this.#named.has(file.path)) await this.#named.erase(file.path);
    } catch {
      // What stays goes at the next start; why the checkpoint failed is what is told.
    }
  }

  /** The file that holds just this; an earlier checkpoint may have written it since the state was taken. */
  #fileOf(kind: RecordKind, partition: string, sheet: Sheet): SheetFile | undefined {
    if (sheet.written) return sheet.file;
    const now = this.#tenant.state().sheetsOf(kind).get(partition);
    return now?.version === sheet.version && now.written ? now.file : undefined;
  }

  #swap(written: readonly Written[], manifest: Manifest, files: readonly SheetFile[]): void {
    const state = this.#tenant.state();
    const rebased = written.flatMap(({ kind, partition, lineage, file }) => {
      const now = state.sheetsOf(kind).get(partition);
      // A partition that was emptied and filled anew since has nothing of that file.
      if (now?.lineage !== lineage) return [];
      return [[kind, partition, now.over(file, manifest.revision)] as const];
    });
    this.#tenant.swap(state.with(state.revision, rebased));
    this.#named.replaceBy(files);
  }

  async #snapshot(name: string, manifest: Manifest, keep: number): Promise<void> {
    await takeSnapshot(this.#context.disk, this.#folder, name, manifest);
    await rotateSnapshots(this.#context.disk, this.#folder, keep);
  }
}

const REST_MS = 60_000;

interface Written {
  readonly kind: RecordKind;
  readonly partition: string;
  readonly lineage: symbol;
  readonly file: SheetFile;
}
