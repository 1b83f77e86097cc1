import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { fileProblem } from './file-problem.ts';

/** What the store does to the disk. Changes are durable when they resolve. Tests replace it by one that breaks. */
export interface Disk {
  /** Undefined when there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** The first line, without its end; undefined when there is no such file. */
  readLine(path: string): Promise<string | undefined>;
  /** Names in a folder; none when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Puts a whole file in place, or leaves the old one. Makes folders as needed. */
  write(path: string, text: string): Promise<void>;
  /** Removing what is not there is fine. */
  remove(path: string): Promise<void>;
  /** Renames a file, so that it is kept and no longer in the way. */
  putAside(path: string, aside: string): Promise<void>;
}

export const durableDisk: Disk = {
  read: (path) => readFile(path, 'utf8').catch(absent),
  readLine: (path) => firstLine(path).catch(absent),
  list: async (folder) => (await readdir(folder).catch(absent)) ?? [],
  async write(path, text) {
    await makeFolder(dirname(path));
    await writeFileAtomic(path, '', {
      // write-file-atomic calls fs.write once and ignores a short write, as a nearly full disk gives; writeFile
      // goes on until all is written. The package then syncs the same file through its own descriptor and renames.
      tmpfileCreated: (temporary) => writeFile(temporary, text),
    });
    await syncFolder(dirname(path));
  },
  async remove(path) {
    await rm(path, { force: true });
    await syncFolder(dirname(path)).catch(absent); // Nor need the folder be there.
  },
  async putAside(path, aside) {
    await rename(path, aside);
    await syncFolder(dirname(path));
  },
};

/** The same disk, whose errors are sentences that name the file, the cause and what to do. */
export function explaining(disk: Disk): Disk {
  const explain = (doing: Parameters<typeof fileProblem>[0], path: string) => (cause: unknown) => {
    throw fileProblem(doing, path, cause);
  };
  return {
    read: (path) => disk.read(path).catch(explain('read', path)),
    readLine: (path) => disk.readLine(path).catch(explain('read', path)),
    list: (folder) => disk.list(folder).catch(explain('read', folder)),
    write: (path, text) => disk.write(path, text).catch(explain('write', path)),
    remove: (path) => disk.remove(path).catch(explain('remove', path)),
    putAside: (path, aside) => disk.putAside(path, aside).catch(explain('rename', path)),
  };
}

/** Makes a folder that survives power loss: each new name is synced in the folder above it. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function firstLine(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    for await (const line of file.readLines({ autoClose: false })) return line;
    return '';
  } finally {
    await file.close();
  }
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  return undefined;
}
