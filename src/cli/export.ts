import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { postgresStore } from '../adapters/store-postgres/postgres-store.ts';
import { readConfig } from '../config.ts';
import { IcbError } from '../domain/errors.ts';
import { linesIn } from '../domain/lines-in.ts';
import { RECORD_KINDS } from '../domain/records.ts';
import { TENANT } from '../open-store.ts';
import type { Snapshot, TenantStore } from '../ports/store.ts';
import { type BackupContents, readBackup, restoreBackup } from '../usecases/read-backup.ts';
import type { DownloadApi } from './api.ts';
import { runningServer } from './api.ts';
import { backup, linesOf, said } from './backup.ts';
import type { Said } from './commands.ts';
import { exists, expectFile, expectRoomFor } from './named-file.ts';
import { inStore, keptAside, replaceFolder } from './replace-folder.ts';

/**
 * Everything, or some kinds, as lines of JSON. Into a file all of it is the same as a backup, and checked like one; what
 * goes to standard output says at its end whether it is whole.
 */
export async function exportAll(
  api: Pick<DownloadApi, 'download'>,
  { file, kind }: { readonly file?: string | undefined; readonly kind?: string | undefined },
  out: NodeJS.WritableStream,
): Promise<Said | undefined> {
  if (file && kind === undefined) return backup(api, file);
  const path = kind === undefined ? '/api/backup' : `/api/backup?kind=${encodeURIComponent(kind)}`;
  if (!file) {
    await pipeline(Readable.from(await api.download(path)), out, { end: false });
    return undefined;
  }
  await expectRoomFor(file);
  const partial = `${file}.partial`;
  try {
    await pipeline(Readable.from(await api.download(path)), createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return { json: { file, kinds: kind?.split(',') }, text: `Exported ${kind} into ${file}.` };
}

/** Whether a file holds lines as `icb export` and `icb backup` write them; `bad-input` where it cannot be read. */
export async function isWholeExport(file: string): Promise<boolean> {
  if (!(await exists(file))) return false;
  await expectFile(file);
  for await (const line of linesIn(createReadStream(file, { end: 4_095 })))
    return /^\{"icb":"(backup|export)"/.test(line);
  return false;
}

/**
 * Takes in all that an export holds, where there is nothing yet; icb must be stopped. All of it or nothing: a record that
 * is refused late leaves none of those before it.
 */
export async function importAll(environment: NodeJS.ProcessEnv, file: string): Promise<Said> {
  const { dataDir, databaseUrl, baseUrl, port } = readConfig(environment, { live: false });
  const running = await runningServer(baseUrl, port);
  if (running)
    throw new IcbError('store-locked', `icb is running at ${running}. Stop it, then import everything.`);
  await readBackup(linesOf(file));
  const fill = (target: TenantStore) => restoreBackup(target, linesOf(file));
  const { contents, aside } = databaseUrl
    ? { contents: await intoDatabase(databaseUrl, file, fill), aside: undefined }
    : await intoFolder(dataDir, file, fill);
  return {
    json: contents,
    text: `Imported ${said(contents)}, as of ${contents.takenAt}.${keptAside(aside)}`,
  };
}

type Fill = (target: TenantStore) => Promise<BackupContents>;

/** Into a folder beside it, which then takes its place. */
async function intoFolder(dataDir: string, file: string, fill: Fill) {
  const { filled: contents, aside } = await replaceFolder(dataDir, inStore(PURPOSE, fill), {
    purpose: PURPOSE,
    accept: (old) =>
      refuseUnlessEmpty(old, `icb restore ${file} puts it in their place and keeps them aside.`),
  });
  return { contents, aside };
}

/** In one transaction: all of it or nothing. */
async function intoDatabase(url: string, file: string, fill: Fill): Promise<BackupContents> {
  const database = await postgresStore({ url, applicationName: PURPOSE, connections: 4 });
  try {
    await database.assertNobodyRuns();
    await refuseUnlessEmpty(
      await database.for(TENANT),
      `icb restore ${file} --replace puts it in their place; nothing is kept aside.`,
    );
    return await database.fill(TENANT, fill, { replace: false });
  } finally {
    await database.close();
  }
}

const PURPOSE = 'icb import';

async function refuseUnlessEmpty(tenant: TenantStore, instead: string): Promise<void> {
  if (!(await isEmpty(await tenant.snapshot())))
    throw new IcbError('conflict', `There are records already, and the file holds everything. ${instead}`);
}

async function isEmpty(snapshot: Snapshot): Promise<boolean> {
  for (const kind of RECORD_KINDS)
    for (const partition of await snapshot.partitions(kind))
      if ((await snapshot.list(kind, { from: partition, to: partition })).length > 0) return false;
  return true;
}
