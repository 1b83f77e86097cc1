import { removeDerived } from './derived-file.ts';
import type { Disk } from './disk.ts';
import type { SheetFile } from './sheet-file.ts';

/**
 * The files that the manifest on disk names. One that it names no more goes as soon as no snapshot in memory reads it,
 * whether a newer file took its place or its partition was emptied: what was thinned is not to stay on the disk.
 */
export class NamedFiles {
  readonly #disk: Disk;
  /** Those that something in memory may read; the others nothing has. */
  #named: ReadonlyMap<string, WeakRef<SheetFile> | undefined> = new Map();
  readonly #replaced = new Set<string>();
  readonly #unread: FinalizationRegistry<string>;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#unread = new FinalizationRegistry((path) => this.#remove(path));
  }

  /** @param paths all that the manifest found at the start names */
  begin(paths: readonly string[], files: Iterable<SheetFile>): void {
    const named = new Map<string, WeakRef<SheetFile> | undefined>(paths.map((path) => [path, undefined]));
    for (const file of files) if (named.has(file.path)) named.set(file.path, new WeakRef(file));
    this.#named = named;
  }

  has(path: string): boolean {
    return this.#named.has(path);
  }

  /** A new manifest names these and no others. */
  replaceBy(files: readonly SheetFile[]): void {
    const before = this.#named;
    this.#named = new Map(files.map((file) => [file.path, new WeakRef(file)]));
    for (const [path, read] of before) {
      if (this.#named.has(path)) continue;
      this.#replaced.add(path);
      const file = read?.deref();
      if (file) this.#unread.register(file, path);
      else this.#remove(path);
    }
  }

  /** It is not known whether the manifest on disk names these too: until the next one they stay. */
  perhapsAlso(files: readonly SheetFile[]): void {
    this.#named = new Map([...this.#named, ...files.map((file) => [file.path, new WeakRef(file)] as const)]);
  }

  /** Takes away those that nothing names; from now on the folder may be another process's. */
  async close(): Promise<void> {
    const replaced = [...this.#replaced];
    this.#replaced.clear();
    for (const path of replaced) await this.erase(path).catch(() => undefined);
  }

  /** A file and what was made of it. */
  async erase(path: string): Promise<void> {
    await removeDerived(this.#disk, path);
    await this.#disk.remove(path);
  }

  /** After `close` the name may be another file's. One that cannot be removed is tried again then. */
  #remove(path: string): void {
    if (!this.#replaced.has(path)) return;
    this.erase(path).then(
      () => this.#replaced.delete(path),
      () => undefined,
    );
  }
}
