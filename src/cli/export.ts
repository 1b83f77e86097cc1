import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { lowdbStore } from '../adapters/store-lowdb/lowdb-store.ts';
import { readConfig } from '../config.ts';
import { IcbError } from '../domain/errors.ts';
import { RECORD_KINDS } from '../domain/records.ts';
import type { Snapshot } from '../ports/store.ts';
import { readBackup, restoreBackup } from '../usecases/read-backup.ts';
import type { DownloadApi } from './api.ts';
import { runningServer } from './api.ts';
import { backup, exists, linesOf, said } from './backup.ts';
import type { Said } from './commands.ts';

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
  if (await exists(file)) throw new IcbError('bad-input', `${file} is there already; give another name.`);
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

/** Whether a file holds lines as `icb export` and `icb backup` write them. */
export async function isWholeExport(file: string): Promise<boolean> {
  if (!(await exists(file))) return false;
  const stream = createReadStream(file, { encoding: 'utf8', end: 4_095 });
  try {
    for await (const line of createInterface({ input: stream }))
      return /^\{"icb":"(backup|export)"/.test(line);
    return false;
  } finally {
    stream.destroy();
  }
}

/**
 * Takes in all that an export holds, where there is nothing yet; icb must be stopped. The file is read to its end before
 * anything is written.
 */
export async function importAll(environment: NodeJS.ProcessEnv, file: string): Promise<Said> {
  const { dataDir, baseUrl, port } = readConfig(environment, { live: false });
  const running = await runningServer(baseUrl, port);
  if (running)
    throw new IcbError('store-locked', `icb is running at ${running}. Stop it, then import everything.`);
  await readBackup(linesOf(file));
  const store = await lowdbStore({ dir: dataDir, purpose: 'icb import' });
  try {
    const tenant = await store.for('default');
    if (!(await isEmpty(await tenant.snapshot())))
      throw new IcbError(
        'conflict',
        `There are records already, and ${file} holds everything. icb restore ${file} puts it in their place and keeps them aside.`,
      );
    const contents = await restoreBackup(tenant, linesOf(file));
    return { json: { dataDir, ...contents }, text: `Imported ${said(contents)}, as of ${contents.takenAt}.` };
  } finally {
    await store.close();
  }
}

async function isEmpty(snapshot: Snapshot): Promise<boolean> {
  for (const kind of RECORD_KINDS)
    for (const partition of await snapshot.partitions(kind))
      if ((await snapshot.list(kind, { from: partition, to: partition })).length > 0) return false;
  return true;
}
