import { join } from 'node:path';
import { RECORD_KINDS, type RecordKind } from '../../domain/records.ts';
import { DERIVED } from './derived-file.ts';
import { type Disk, TEMPORARY } from './disk.ts';
import type { Edit } from './edits.ts';
import { damagedFile } from './file-problem.ts';
import type { Journal } from './journal.ts';
import { MANIFEST, type Manifest, readManifest, writeManifest } from './manifest.ts';
import { Sheet } from './sheet.ts';
import type { SheetCache } from './sheet-cache.ts';
import { SheetFile } from './sheet-file.ts';
import type { StoredRecord } from './stored-record.ts';
import { TenantState } from './tenant-state.ts';
import { upgrade } from './upgrade.ts';

const DATA_FILE = /^[a-zA-Z0-9-]+(\.\d+)?\.json(\.partial)?$/;

/** The manifest of a tenant's folder, which is made, upgraded and cleared of what a killed process left as needed. */
export async function openFolder(disk: Disk, folder: string): Promise<Manifest> {
  const manifest = (await readManifest(disk, folder)) ?? (await upgrade(disk, folder));
  if (manifest) {
    await sweep(disk, folder, manifest);
    return manifest;
  }
  const names = await disk.list(folder);
  if (names.some((name) => name === '_journal' || RECORD_KINDS.some((kind) => name.startsWith(kind))))
    throw damagedFile(join(folder, MANIFEST), 'it has gone, and there is data beside it');
  const empty = { revision: 0, files: [] };
  await writeManifest(disk, folder, empty);
  return empty;
}

/** Files that no manifest names: those of a checkpoint that was broken off, and those that a later one has replaced. */
async function sweep(disk: Disk, folder: string, { files }: Manifest): Promise<void> {
  const named = new Set(files.map(({ file }) => file));
  const names = await disk.list(folder);
  const left = names.filter((name) => DATA_FILE.test(name) && isOurs(name));
  for (const kind of RECORD_KINDS)
    if (names.includes(kind))
      left.push(
        ...(await disk.list(join(folder, kind)))
          .filter((name) => DATA_FILE.test(name) || DERIVED.test(name))
          .map((name) => `${kind}/${name}`),
      );
  for (const file of left)
    if (!named.has(file.endsWith('.derived') ? sheetOf(file) : file)) await disk.remove(join(folder, file));
}

const sheetOf = (derived: string): string => derived.replace(/\.[a-z0-9-]+\.derived$/, '.json');

const isOurs = (name: string): boolean =>
  name === `${MANIFEST}${TEMPORARY}` ||
  name === '_commit.json' ||
  RECORD_KINDS.some((kind) => name.startsWith(`${kind}.`));

/** What the manifest and the journal say together. */
export async function readState(
  { revision, files }: Manifest,
  journal: Journal,
  { disk, folder, cache }: { readonly disk: Disk; readonly folder: string; readonly cache: SheetCache },
): Promise<TenantState> {
  const state = new TenantState(revision, new Map()).with(
    revision,
    files.map(({ kind, partition, file, records, ...seal }) => {
      const sheet = new SheetFile(join(folder, file), kind, partition, disk, seal);
      return [kind, partition, Sheet.onDisk(sheet, records, cache.of(partition))];
    }),
  );
  let last = revision;
  const late = new Map<string, Summed>();
  await journal.replay(revision, (commit) => {
    last = commit.revision;
    for (const edit of commit.edits()) add(late, edit);
  });
  return state.with(
    last,
    Array.from(late.values(), ({ kind, partition, records, grown }) => {
      const before = state.sheetsOf(kind).get(partition) ?? Sheet.empty(cache.of(partition));
      const edit = {
        kind,
        partition,
        grown,
        remove: [...records].flatMap(([id, record]) => (record ? [] : [id])),
        put: [...records.values()].flatMap((record) => record ?? []),
      };
      return [kind, partition, before.after(edit, last)];
    }),
  );
}

/** All edits of one partition as one. */
interface Summed {
  readonly kind: RecordKind;
  readonly partition: string;
  readonly records: Map<string, StoredRecord | undefined>;
  grown: number;
}

function add(late: Map<string, Summed>, { kind, partition, remove, put, grown }: Edit): void {
  const sum = late.getOrInsertComputed(`${kind}/${partition}`, () => ({
    kind,
    partition,
    records: new Map(),
    grown: 0,
  }));
  for (const id of remove) sum.records.set(id, undefined);
  for (const record of put) sum.records.set(record.id, record);
  sum.grown += grown;
}
