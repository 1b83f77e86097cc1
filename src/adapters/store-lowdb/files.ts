import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { linesIn } from '../../domain/lines-in.ts';

/** One open file. A write may be short, as the operating system's is. */
export interface OpenFile {
  /** @returns the bytes that were written: perhaps fewer than asked */
  write(bytes: Uint8Array, at: number): Promise<number>;
  truncate(length: number): Promise<void>;
  /** What was written survives a power cut once this resolves. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What the store asks of the operating system. Tests replace it by one that fails as disks do. */
export interface Files {
  open(path: string, flags: 'r' | 'w' | 'r+'): Promise<OpenFile>;
  read(path: string): Promise<Buffer>;
  firstLine(path: string): Promise<string>;
  list(folder: string): Promise<readonly string[]>;
  /** @returns the first folder that was made, if any */
  makeFolder(path: string): Promise<string | undefined>;
  rename(from: string, to: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export const nodeFiles: Files = {
  async open(path, flags) {
    const file = await open(path, flags);
    return {
      write: async (bytes, at) => (await file.write(bytes, 0, bytes.length, at)).bytesWritten,
      truncate: (length) => file.truncate(length),
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
  read: (path) => readFile(path),
  async firstLine(path) {
    const file = await open(path, 'r');
    try {
      for await (const line of linesIn(file.createReadStream({ autoClose: false }))) return line;
      return '';
    } finally {
      await file.close();
    }
  },
  list: (folder) => readdir(folder),
  makeFolder: (path) => mkdir(path, { recursive: true }),
  rename,
  link,
  remove: (path) => rm(path, { force: true, recursive: true }),
};
