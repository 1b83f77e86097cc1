import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { durableDisk, explaining } from '../adapters/store-lowdb/disk.ts';
import { lowdbStore } from '../adapters/store-lowdb/lowdb-store.ts';
import { layOutSnapshot, listSnapshots, SNAPSHOTS } from '../adapters/store-lowdb/snapshots.ts';
import { readConfig } from '../config.ts';
import { IcbError } from '../domain/errors.ts';
import { RECORD_KINDS } from '../domain/records.ts';
import { TENANT } from '../open-store.ts';
import type { RestoreFrom } from './backup.ts';
import type { Said } from './commands.ts';

const disk = explaining(durableDisk);

/** The snapshots that the embedded store has taken of itself; icb may run meanwhile. */
export async function snapshots(environment: NodeJS.ProcessEnv): Promise<Said> {
  const { dataDir } = readConfig(environment, { live: false });
  const items = await listSnapshots(disk, join(dataDir, TENANT));
  const lines = items.map(
    ({ name, records, revision }) =>
      `${name.padEnd(32)} ${String(records).padStart(9)} records  commit ${revision}`,
  );
  return {
    json: { items },
    text:
      lines.length > 0
        ? `${lines.join('\n')}\nTo go back to one, stop icb and: icb restore --snapshot NAME`
        : `No snapshot has been taken in ${dataDir} yet; icb takes one before the first change of each day.`,
  };
}

/** @throws IcbError `bad-input` unless just one of both is given */
export function restoreFrom(file: string | undefined, snapshot: string | undefined): RestoreFrom {
  if (file !== undefined && snapshot === undefined) return { file };
  if (snapshot !== undefined && file === undefined) return { snapshot };
  throw new IcbError('bad-input', 'Say what to restore: the file of a backup, or --snapshot NAME.');
}

/** A data folder of a snapshot's files, every one of which has been read. */
export async function fillFromSnapshot(dir: string, dataDir: string, name: string): Promise<Said> {
  await layOutSnapshot(disk, join(dataDir, TENANT), name, join(dir, TENANT));
  const store = await lowdbStore({ dir, purpose: 'icb restore' });
  try {
    const snapshot = await (await store.for(TENANT)).snapshot();
    let count = 0;
    for (const kind of RECORD_KINDS)
      for (const partition of await snapshot.partitions(kind))
        count += (await snapshot.list(kind, { from: partition, to: partition })).length;
    return {
      json: { snapshot: name, revision: snapshot.revision, count },
      text: `${count} records of the snapshot ${name}`,
    };
  } finally {
    await store.close();
  }
}

/**
 * Snapshots go along with the data folder in use, so that one can go back to another of them: second names of their files,
 * so that what is put aside stays whole too. One that the new folder has already, as of its own upgrade, is left.
 */
export async function keepSnapshots(from: string, to: string): Promise<void> {
  const [source, target] = [join(from, TENANT, SNAPSHOTS), join(to, TENANT, SNAPSHOTS)];
  const there = await disk.list(target);
  for (const name of await disk.list(source))
    if (!there.includes(name)) await linkFolder(join(source, name), join(target, name));
}

async function linkFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true }))
    if (entry.isDirectory()) await linkFolder(join(from, entry.name), join(to, entry.name));
    else await disk.link(join(from, entry.name), join(to, entry.name));
}
