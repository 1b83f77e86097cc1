import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readConfig } from '../config.ts';
import { IcbError } from '../domain/errors.ts';
import { linesIn } from '../domain/lines-in.ts';
import type { TenantStore } from '../ports/store.ts';
import { type BackupContents, readBackup, restoreBackup } from '../usecases/read-backup.ts';
import { type DownloadApi, runningServer } from './api.ts';
import type { Said } from './commands.ts';
import { expectFile, expectRoomFor } from './named-file.ts';
import { inStore, keptAside, replaceFolder } from './replace-folder.ts';
import { restoreDatabase } from './restore-database.ts';
import { fillFromSnapshot } from './snapshots.ts';

/** Writes everything into one file, while icb runs or not; the file is read back before it has its name. */
export async function backup(api: Pick<DownloadApi, 'download'>, file: string): Promise<Said> {
  await expectRoomFor(file);
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
  { replace = false, ...options }: { readonly lockWaitMs?: number; readonly replace?: boolean } = {},
): Promise<Said> {
  const { dataDir, databaseUrl, baseUrl, port } = readConfig(environment, { live: false });
  const running = await runningServer(baseUrl, port);
  if (running)
    throw new IcbError(
      'store-locked',
      `icb is running at ${running}. Stop it, then restore; nothing was changed.`,
    );
  if ('file' in from) await expectFile(from.file);
  if (databaseUrl !== undefined) {
    const fill = 'file' in from ? (target: TenantStore) => fromFile(target, from.file) : undefined;
    const filled = await restoreDatabase(databaseUrl, fill, replace);
    return { json: filled.json, text: `Restored ${filled.text}, into the database.` };
  }
  const { filled, aside } = await replaceFolder(
    dataDir,
    'file' in from
      ? inStore(PURPOSE, (target) => fromFile(target, from.file))
      : (dir) => fillFromSnapshot(dir, dataDir, from.snapshot),
    { purpose: PURPOSE, ...options },
  );
  return {
    json: { dataDir, aside, ...(filled.json as object) },
    text: `Restored ${filled.text}.${keptAside(aside)}`,
  };
}

const PURPOSE = 'icb restore';

async function fromFile(target: TenantStore, file: string): Promise<Said> {
  const contents = await restoreBackup(target, linesOf(file));
  return { json: contents, text: `${said(contents)}, as of ${contents.takenAt}` };
}

/** A file's lines. It is opened when the first one is asked for: nobody waits for what it says before that. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  yield* linesIn(createReadStream(file));
}

export const said = ({ count, records }: BackupContents): string =>
  `${count} records (${records.billingItems ?? 0} billing items, ${records.usageReports ?? 0} usage reports)`;
