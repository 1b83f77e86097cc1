import { type Files, nodeFiles } from '../../../src/adapters/store-lowdb/files.ts';

export const FAULTS = ['ENOSPC', 'EIO', 'EACCES', 'short'] as const;
export type Fault = (typeof FAULTS)[number];

/** What the disk does at its n-th operation since it was last healthy: fails so, or nothing unusual. */
type Plan = (operation: number) => Fault | undefined;

/**
 * A file system that fails when told so, at any operation that changes something. A short write leaves half of what was
 * to be written and says so, as the operating system may; every other fault of a write leaves half of it and fails.
 */
export function faultyFiles() {
  let plan: Plan = () => undefined;
  let operations = 0;
  let faults = 0;

  const next = (): Fault | undefined => {
    operations += 1;
    const fault = plan(operations);
    if (fault) faults += 1;
    return fault;
  };
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    const fault = next();
    if (fault && fault !== 'short') throw Object.assign(new Error(fault), { code: fault });
    return work();
  };

  const files: Files = {
    ...nodeFiles,
    async open(path, flags) {
      const file = await (flags === 'r'
        ? nodeFiles.open(path, flags)
        : step(() => nodeFiles.open(path, flags)));
      return {
        async write(bytes, at) {
          const fault = next();
          const written = await file.write(fault ? bytes.subarray(0, bytes.length / 2) : bytes, at);
          if (fault && fault !== 'short') throw Object.assign(new Error(fault), { code: fault });
          return fault && written === 0 ? file.write(bytes, at) : written;
        },
        truncate: (length) => step(() => file.truncate(length)),
        sync: () => step(() => file.sync()),
        close: () => file.close(),
      };
    },
    makeFolder: (path) => step(() => nodeFiles.makeFolder(path)),
    rename: (from, to) => step(() => nodeFiles.rename(from, to)),
    link: (from, to) => step(() => nodeFiles.link(from, to)),
    remove: (path) => step(() => nodeFiles.remove(path)),
  };
  return {
    files,
    get operations() {
      return operations;
    },
    get faults() {
      return faults;
    },
    /** Begins to count anew. */
    fail(next: Plan): void {
      plan = next;
      operations = 0;
    },
    heal(): void {
      plan = () => undefined;
      operations = 0;
    },
  };
}
