import { join } from 'node:path';
import { IcbError } from '../../domain/errors.ts';
import { migrated, type RawRecord } from '../../domain/migrations.ts';
import { RECORD_SCHEMA, type RecordKind } from '../../domain/records.ts';
import type { Disk } from './disk.ts';
import { damagedFile } from './file-problem.ts';
import { readFirstLayout } from './first-layout.ts';
import { Journal, segments } from './journal.ts';
import { type Entry, fileName, MANIFEST, type Manifest, readAnyManifest, writeManifest } from './manifest.ts';
import { unsealed } from './seal.ts';
import { save } from './sheet.ts';
import { SheetFile } from './sheet-file.ts';
import { SNAPSHOTS } from './snapshots.ts';
import { byId, parseStored, partitionOf, type StoredRecord } from './stored-record.ts';

/** Everything of a tenant as an earlier icb left it. */
export interface Earlier {
  readonly schema: number;
  /** Its last commit, that of its journal included. */
  readonly revision: number;
  readonly records: ReadonlyMap<string, readonly RawRecord[]>;
  /** Its files, within the folder. */
  readonly files: readonly string[];
}

/**
 * Brings a tenant's folder that an earlier icb left to today's layout and schema. What was there stays as a snapshot;
 * the new manifest, written last, is what counts. Until then all that the old one names is there as it was: the new files
 * are of a revision that no commit has, so that none has the name of an old one.
 * @returns the manifest; undefined when there is nothing to upgrade
 */
export async function upgrade(disk: Disk, folder: string): Promise<Manifest | undefined> {
  const earlier = (await readFirstLayout(disk, folder)) ?? (await earlierSchema(disk, folder));
  if (!earlier) return undefined;
  const name = `before-schema-${RECORD_SCHEMA}-revision-${earlier.revision}`;
  for (const file of earlier.files) {
    const kept = join(folder, SNAPSHOTS, name, file);
    await disk.link(join(folder, file), kept);
  }
  const revision = earlier.revision + 1;
  const manifest = { revision, files: await writeAll(disk, folder, { ...earlier, revision }) };
  await writeManifest(disk, folder, manifest);
  return manifest;
}

async function writeAll(
  disk: Disk,
  folder: string,
  { schema, records, revision }: Earlier,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const [name, raw] of migrated(records, schema)) {
    const kind = name as RecordKind;
    const partitions = Map.groupBy(
      raw.map((record) => parsed(folder, kind, record)),
      (record) => partitionOf(kind, record),
    );
    for (const [partition, own] of partitions) {
      const file = fileName(kind, partition, revision);
      const sheet = new SheetFile(join(folder, file), kind, partition, disk);
      await save(sheet, new Map(own.sort(byId).map((record) => [record.id, record])));
      entries.push({ kind, partition, file, records: own.length, ...sheet.seal });
    }
  }
  return entries;
}

function parsed(folder: string, kind: RecordKind, record: RawRecord): StoredRecord {
  const found = parseStored(kind, record);
  if ('record' in found) return found.record;
  throw new IcbError(
    'store-damaged',
    `The data in ${folder} cannot be brought to schema ${RECORD_SCHEMA}: ${kind} record ${record.id}, field ${found.wrong.join('; field ')}. Nothing was changed; start the icb that wrote it.`,
  );
}

/** A tenant of this layout whose records are of an earlier schema. */
async function earlierSchema(disk: Disk, folder: string): Promise<Earlier | undefined> {
  const manifest = await readAnyManifest(disk, folder);
  if (!manifest || manifest.schema === RECORD_SCHEMA) return undefined;
  const records = new Map<string, Map<string, RawRecord>>();
  const of = (kind: string) => records.getOrInsertComputed(kind, () => new Map<string, RawRecord>());
  for (const { kind, file, ...seal } of manifest.files) {
    const path = join(folder, file);
    const content = await disk.read(path);
    if (!content) throw damagedFile(path, 'it has gone');
    for (const record of JSON.parse(unsealed(path, content, seal).toString()).records)
      of(kind).set(record.id, record);
  }
  let { revision } = manifest;
  const journal = new Journal(folder, disk);
  await journal.replay(
    revision,
    (commit) => {
      revision = commit.revision;
      const edits = commit.edits();
      for (const { kind, remove } of edits) for (const id of remove) of(kind).delete(id);
      for (const { kind, put } of edits) for (const record of put) of(kind).set(record.id, record as never);
    },
    (_kind, value) => ({ record: value as StoredRecord }),
  );
  return {
    schema: manifest.schema,
    revision,
    records: new Map(Array.from(records, ([kind, own]) => [kind, [...own.values()]])),
    files: [MANIFEST, ...manifest.files.map(({ file }) => file), ...(await segments(disk, folder))],
  };
}
