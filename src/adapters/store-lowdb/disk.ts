import { dirname } from 'node:path';
import { fileProblem } from './file-problem.ts';
import { type Files, nodeFiles, type OpenFile } from './files.ts';

/** What the store does to the disk. Changes are durable when they resolve. */
export interface Disk {
  /** Undefined when there is no such file. */
  read(path: string): Promise<Buffer | undefined>;
  /** The first line, without its end; undefined when there is no such file. */
  readLine(path: string): Promise<string | undefined>;
  /** Names in a folder; none when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Puts a whole file in place, or leaves the old one. Makes folders as needed. */
  write(path: string, content: string | Buffer): Promise<void>;
  /** Writes into a file from a byte on, where it ends; makes it when that is 0. An error may leave some of it there. */
  append(path: string, at: number, content: Buffer): Promise<void>;
  /** Cuts a file. */
  truncate(path: string, length: number): Promise<void>;
  /** A second name of a file. What has it already is left. */
  link(path: string, name: string): Promise<void>;
  /** A file or a whole folder; removing what is not there is fine. */
  remove(path: string): Promise<void>;
  rename(path: string, name: string): Promise<void>;
  /** Writes a short file that need not survive a power cut. */
  note(path: string, text: string): Promise<void>;
}

export function diskOn(files: Files): Disk {
  const syncFolder = (path: string): Promise<void> =>
    within(files.open(path, 'r'), (folder) => folder.sync());
  const makeFolder = async (path: string): Promise<void> => {
    const first = await files.makeFolder(path);
    if (first === undefined) return;
    // Each new name is synced in the folder above it.
    for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
  };
  return {
    read: (path) => files.read(path).catch(absent),
    readLine: (path) => files.firstLine(path).catch(absent),
    list: async (folder) => (await files.list(folder).catch(absent)) ?? [],
    async write(path, content) {
      await makeFolder(dirname(path));
      const temporary = `${path}${TEMPORARY}`;
      try {
        await within(files.open(temporary, 'w'), async (file) => {
          await writeAll(file, typeof content === 'string' ? Buffer.from(content) : content, 0);
          await file.sync();
        });
        await files.rename(temporary, path);
      } catch (error) {
        await files.remove(temporary).catch(() => undefined); // On a full disk it takes the room that others need.
        throw error;
      }
      await syncFolder(dirname(path));
    },
    async append(path, at, content) {
      if (at === 0) await makeFolder(dirname(path));
      await within(files.open(path, at === 0 ? 'w' : 'r+'), async (file) => {
        await writeAll(file, content, at);
        await file.sync();
      });
      if (at === 0) await syncFolder(dirname(path));
    },
    truncate: (path, length) =>
      within(files.open(path, 'r+'), async (file) => {
        await file.truncate(length);
        await file.sync();
      }),
    async link(path, name) {
      await makeFolder(dirname(name));
      await files.link(path, name).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      await syncFolder(dirname(name));
    },
    async remove(path) {
      await files.remove(path);
      await syncFolder(dirname(path)).catch(absent); // Nor need the folder be there.
    },
    async rename(path, name) {
      await files.rename(path, name);
      await syncFolder(dirname(name));
    },
    note: (path, text) => within(files.open(path, 'w'), (file) => writeAll(file, Buffer.from(text), 0)),
  };
}

export const durableDisk: Disk = diskOn(nodeFiles);

/** What a file is called until it is whole. */
export const TEMPORARY = '.partial';

/** The same disk, whose errors are sentences that name the file, the cause and what to do. */
export function explaining(disk: Disk): Disk {
  const explain = (doing: Parameters<typeof fileProblem>[0], path: string) => (cause: unknown) => {
    throw fileProblem(doing, path, cause);
  };
  return {
    read: (path) => disk.read(path).catch(explain('read', path)),
    readLine: (path) => disk.readLine(path).catch(explain('read', path)),
    list: (folder) => disk.list(folder).catch(explain('read', folder)),
    write: (path, content) => disk.write(path, content).catch(explain('write', path)),
    append: (path, at, content) => disk.append(path, at, content).catch(explain('write', path)),
    truncate: (path, length) => disk.truncate(path, length).catch(explain('write', path)),
    link: (path, name) => disk.link(path, name).catch(explain('write', name)),
    remove: (path) => disk.remove(path).catch(explain('remove', path)),
    rename: (path, name) => disk.rename(path, name).catch(explain('rename', path)),
    note: (path, text) => disk.note(path, text).catch(explain('write', path)),
  };
}

/** A write may be short, as on a nearly full disk: it goes on until all is written or the disk says why not. */
async function writeAll(file: OpenFile, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes.subarray(done), at + done);
    if (written === 0) throw Object.assign(new Error('Nothing was written.'), { code: 'EIO' });
    done += written;
  }
}

async function within(opening: Promise<OpenFile>, work: (file: OpenFile) => Promise<void>): Promise<void> {
  const file = await opening;
  try {
    await work(file);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  await file.close();
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  return undefined;
}
