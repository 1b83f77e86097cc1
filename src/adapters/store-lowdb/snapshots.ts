import { join } from 'node:path';
import { IcbError } from '../../domain/errors.ts';
import type { Disk } from './disk.ts';
import { segments } from './journal.ts';
import { MANIFEST, type Manifest, readAnyManifest, writeManifest } from './manifest.ts';

export const SNAPSHOTS = '_snapshots';
/** Those taken each day, which rotate; others are kept until somebody removes them. */
const DAILY = /^\d{4}-\d{2}-\d{2}$/;

/** Named after the last commit, which its journal may hold. */
const BEFORE_UPGRADE = /^before-schema-\d+-revision-(\d+)$/;

export interface StoredSnapshot {
  /** The day it was taken, before that day's first commit; or `before-…` an upgrade. */
  readonly name: string;
  readonly revision: number;
  /** Those of its files; what the journal beside them adds or takes away is not counted. */
  readonly records: number;
}

/**
 * A state of a tenant kept as `_snapshots/<name>`: second names of its files, which never change, and its manifest. It
 * takes hardly any room until the records change, and is read like a tenant's folder.
 */
export async function takeSnapshot(
  disk: Disk,
  folder: string,
  name: string,
  manifest: Manifest,
): Promise<void> {
  const target = join(folder, SNAPSHOTS, name);
  const there = await disk.list(target);
  if (there.includes(MANIFEST)) return;
  if (there.length > 0) await disk.remove(target); // Of a process that was killed.
  try {
    for (const { file } of manifest.files) await disk.link(join(folder, file), join(target, file));
    await writeManifest(disk, target, manifest); // Last: without it the folder is no snapshot.
  } catch (error) {
    await disk.remove(target).catch(() => undefined);
    throw error;
  }
}

/** Takes away the daily snapshots older than the newest few that are whole; what is no snapshot counts for none of them. */
export async function rotateSnapshots(disk: Disk, folder: string, keep: number): Promise<void> {
  const oldest = (await wholeDays(disk, folder)).at(-keep);
  if (oldest === undefined) return;
  for (const name of await disk.list(join(folder, SNAPSHOTS)))
    if (DAILY.test(name) && name < oldest) await disk.remove(join(folder, SNAPSHOTS, name));
}

/** The newest day of which there is a whole snapshot; `''` when there is none. */
export const lastSnapshotDay = async (disk: Disk, folder: string): Promise<string> =>
  (await wholeDays(disk, folder)).at(-1) ?? '';

const wholeDays = async (disk: Disk, folder: string): Promise<readonly string[]> =>
  (await listSnapshots(disk, folder))
    .map(({ name }) => name)
    .filter((name) => DAILY.test(name))
    .sort();

/** Whole snapshots, oldest first by revision; those of an earlier layout, which have no manifest of this one, are left out. */
export async function listSnapshots(disk: Disk, folder: string): Promise<readonly StoredSnapshot[]> {
  const found: StoredSnapshot[] = [];
  for (const name of await disk.list(join(folder, SNAPSHOTS))) {
    const manifest = await readAnyManifest(disk, join(folder, SNAPSHOTS, name)).catch(() => undefined);
    if (!manifest) continue;
    const records = manifest.files.reduce((sum, file) => sum + file.records, 0);
    const last = BEFORE_UPGRADE.exec(name)?.[1];
    found.push({ name, revision: last === undefined ? manifest.revision : Number(last), records });
  }
  return found.sort((a, b) => a.revision - b.revision || (a.name < b.name ? -1 : 1));
}

/**
 * Lays a snapshot out as a tenant's folder elsewhere on the same disk.
 * @throws IcbError `not-found` when there is no whole snapshot of that name
 */
export async function layOutSnapshot(
  disk: Disk,
  folder: string,
  name: string,
  target: string,
): Promise<void> {
  const whole = (await listSnapshots(disk, folder)).map((snapshot) => snapshot.name);
  if (!whole.includes(name))
    throw new IcbError(
      'not-found',
      `There is no snapshot “${name}”; ${whole.length > 0 ? `there are ${whole.join(', ')}` : 'none has been taken yet'}.`,
    );
  const from = join(folder, SNAPSHOTS, name);
  const manifest = await readAnyManifest(disk, from);
  const files = [...(manifest?.files ?? []).map(({ file }) => file), ...(await segments(disk, from))];
  for (const file of files) await disk.link(join(from, file), join(target, file));
  await disk.link(join(from, MANIFEST), join(target, MANIFEST));
}
