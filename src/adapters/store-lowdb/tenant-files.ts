import { join } from 'node:path';
import { RECORD_KINDS, RECORDS, type RecordKind } from '../../domain/records.ts';
import type { Disk } from './disk.ts';
import { Sheet } from './sheet.ts';
import type { SheetCache } from './sheet-cache.ts';
import { SheetFile } from './sheet-file.ts';
import type { Sheets } from './tenant-state.ts';

const PARTITION_FILE = /^(\d{4}-\d{2}(?:-\d{2})?)\.json$/;
/** What write-file-atomic leaves behind when the process is killed between writing and renaming. */
const LEFTOVER = /\.json\.\d+$/;

/** Where a tenant's sheets lie: `<kind>.json`, or `<kind>/<partition>.json` for a partitioned kind. */
export class TenantFiles {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #cache: SheetCache;

  constructor(folder: string, disk: Disk, cache: SheetCache) {
    this.#folder = folder;
    this.#disk = disk;
    this.#cache = cache;
  }

  file(kind: RecordKind, partition: string): SheetFile {
    const path = partition === '' ? [`${kind}.json`] : [kind, `${partition}.json`];
    return new SheetFile(join(this.#folder, ...path), kind, partition, this.#disk);
  }

  /** The sheets on disk, unread. */
  async sheets(): Promise<ReadonlyMap<RecordKind, Sheets>> {
    const names = new Set(await this.#names(this.#folder));
    const sheetsOf = async (kind: RecordKind): Promise<[RecordKind, Sheets]> => {
      const partitions = isPartitioned(kind)
        ? partitionsIn(await this.#names(join(this.#folder, kind)))
        : names.has(`${kind}.json`)
          ? ['']
          : [];
      return [
        kind,
        new Map(partitions.map((name) => [name, Sheet.onDisk(this.file(kind, name), this.#cache)])),
      ];
    };
    return new Map(await Promise.all(RECORD_KINDS.map(sheetsOf)));
  }

  async #names(folder: string): Promise<readonly string[]> {
    const names = await this.#disk.list(folder);
    for (const name of names) if (LEFTOVER.test(name)) await this.#disk.remove(join(folder, name));
    return names;
  }
}

const isPartitioned = (kind: RecordKind): boolean => 'partition' in RECORDS[kind];

const partitionsIn = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => PARTITION_FILE.exec(name)?.[1] ?? []);
