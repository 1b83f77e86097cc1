import { createReadStream, createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { lowdbStore } from '../adapters/store-lowdb/lowdb-store.ts';
import { readConfig } from '../config.ts';
import { IcbError } from '../domain/errors.ts';
import { type BackupContents, readBackup, restoreBackup } from '../usecases/read-backup.ts';
import { type DownloadApi, runningServer } from './api.ts';
import type { Said } from './commands.ts';
import { fillFromSnapshot, keepSnapshots } from './snapshots.ts';

/** Writes everything into one file, while icb runs or not; the file is read back before it has its name. */
export async function backup(api: Pick<DownloadApi, 'download'>, file: string): Promise<Said> {
  if (await exists(file)) throw new IcbError('bad-input', `${file} is there already; give another name.`);
  const partial = `${file}.partial`;
  try {
    await pipeline(
      Readable.from(await api.download('/api/backup')),
      createWriteStream(partial, { mode: 0o600, flush: true }),
    );
    const contents = await readBackup(linesOf(partial));
    await rename(partial, file);
    return { json: { file, ...contents }, text: `Backed up ${said(contents)} into ${file}.` };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** What is put in the place of what is there: a backup's file, or a snapshot of the embedded store by its name. */
export type RestoreFrom = { readonly file: string } | { readonly snapshot: string };

/**
 * Puts a backup or a snapshot in the place of what is there, which is kept beside it. icb must be stopped. Nothing is
 * changed unless the whole of it can be read and written.
 */
export async function restore(
  environment: NodeJS.ProcessEnv,
  from: RestoreFrom,
  options: { readonly lockWaitMs?: number } = {},
): Promise<Said> {
  const { dataDir, baseUrl, port } = readConfig(environment, { live: false });
  const running = await runningServer(baseUrl, port);
  if (running)
    throw new IcbError(
      'store-locked',
      `icb is running at ${running}. Stop it, then restore; nothing was changed.`,
    );
  if ('file' in from && !(await exists(from.file)))
    throw new IcbError('bad-input', `There is no file ${from.file}.`);
  const beside = `${dataDir}.restoring`;
  await rm(beside, { recursive: true, force: true });
  // Held meanwhile, so that no icb starts on what is about to be put aside.
  const old = await lowdbStore({ dir: dataDir, purpose: 'icb restore', ...options });
  try {
    const restored =
      'file' in from ? await fill(beside, from.file) : await fillFromSnapshot(beside, dataDir, from.snapshot);
    const aside = `${dataDir}.before-${Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }).replaceAll(':', '')}`;
    await old.close();
    await rename(dataDir, aside);
    await rename(beside, dataDir);
    await keepSnapshots(aside, dataDir);
    return {
      json: { dataDir, aside, ...(restored.json as object) },
      text: `Restored ${restored.text}. What was there before is kept in ${aside}.`,
    };
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  } finally {
    await old.close();
  }
}

async function fill(dir: string, file: string): Promise<Said> {
  const store = await lowdbStore({ dir, purpose: 'icb restore' });
  try {
    const contents = await restoreBackup(await store.for('default'), linesOf(file));
    return { json: contents, text: `${said(contents)}, as of ${contents.takenAt}` };
  } finally {
    await store.close();
  }
}

export const linesOf = (file: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });

export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

export const said = ({ count, records }: BackupContents): string =>
  `${count} records (${records.billingItems ?? 0} billing items, ${records.usageReports ?? 0} usage reports)`;
