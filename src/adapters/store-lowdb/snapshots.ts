import { join } from 'node:path';
import { IcbError } from '../../domain/errors.ts';
import type { Disk } from './disk.ts';
import { MANIFEST, type Manifest, readAnyManifest, writeManifest } from './manifest.ts';

export const SNAPSHOTS = '_snapshots';
/** Those taken each day, which rotate; others are kept until somebody removes them. */
const DAILY = /^\d{4}-\d{2}-\d{2}$/;

export interface StoredSnapshot {
  /** The day it was taken, before that day's first commit; or `before-…` an upgrade. */
  readonly name: string;
  readonly revision: number;
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
  for (const { file } of manifest.files) await disk.link(join(folder, file), join(target, file));
  await writeManifest(disk, target, manifest); // Last: without it the folder is no snapshot.
}

/** Takes away the oldest daily snapshots beyond a number. */
export async function rotateSnapshots(disk: Disk, folder: string, keep: number): Promise<void> {
  const daily = (await disk.list(join(folder, SNAPSHOTS))).filter((name) => DAILY.test(name)).sort();
  for (const name of daily.slice(0, Math.max(0, daily.length - keep)))
    await disk.remove(join(folder, SNAPSHOTS, name));
}

/** The newest day of which there is a snapshot; `''` when there is none. */
export async function lastSnapshotDay(disk: Disk, folder: string): Promise<string> {
  return (
    (await disk.list(join(folder, SNAPSHOTS)))
      .filter((name) => DAILY.test(name))
      .sort()
      .at(-1) ?? ''
  );
}

/** Whole snapshots, oldest first by revision; those of an earlier layout, which have no manifest of this one, are left out. */
export async function listSnapshots(disk: Disk, folder: string): Promise<readonly StoredSnapshot[]> {
  const found: StoredSnapshot[] = [];
  for (const name of await disk.list(join(folder, SNAPSHOTS))) {
    const manifest = await readAnyManifest(disk, join(folder, SNAPSHOTS, name)).catch(() => undefined);
    if (!manifest) continue;
    const records = manifest.files.reduce((sum, file) => sum + file.records, 0);
    found.push({ name, revision: manifest.revision, records });
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
  for (const { file } of manifest?.files ?? []) await disk.link(join(from, file), join(target, file));
  await disk.link(join(from, MANIFEST), join(target, MANIFEST));
}
