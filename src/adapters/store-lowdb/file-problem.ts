import { IcbError } from '../../domain/errors.ts';
import { RECORD_SCHEMA } from '../../domain/records.ts';

const NO_RIGHT = [
  'this user may not do that there',
  'give the user that runs icb the right to read and write the data folder',
] as const;

const CAUSES: Readonly<Record<string, readonly [why: string, whatToDo: string]>> = {
  ENOSPC: ['the disk is full', 'free some space and try again'],
  EDQUOT: ['the disk quota is used up', 'free some space or raise the quota, then try again'],
  EACCES: NO_RIGHT,
  EPERM: NO_RIGHT,
  EROFS: ['the file system is read-only', 'mount it for writing'],
  EIO: ['the disk reports an input/output error', 'check the disk before going on'],
  EMFILE: ['too many files are open', 'raise the limit of open files for icb'],
  EBUSY: ['it is in use, as a folder is that a disk or a volume is mounted at', 'use a folder inside it'],
  ENOTDIR: ['a file stands where a folder is needed', 'move that file away or choose another data folder'],
};

/** What the operating system said about one file, as a sentence. Nothing that was acknowledged is lost by it. */
export function fileProblem(
  doing: 'read' | 'write' | 'remove' | 'rename',
  path: string,
  cause: unknown,
): IcbError {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? 'unknown cause';
  const [why, whatToDo] = CAUSES[code] ?? ['the operating system refused', 'check the disk and try again'];
  return new IcbError('store-damaged', `Cannot ${doing} ${path}: ${why} (${code}); ${whatToDo}.`, { cause });
}

/** A file whose content cannot be trusted. It is left as it is. */
export const damagedFile = (path: string, why: string): IcbError =>
  new IcbError(
    'store-damaged',
    `The data file ${path} is damaged: ${why}. It was left untouched; stop icb, then put the file back from a backup of the folder, or go back to the newest snapshot (“icb snapshots” lists them, “icb restore --snapshot NAME” goes back) or to a backup (“icb restore FILE”).`,
  );

/**
 * @param schema what a file says of itself
 * @throws IcbError `store-damaged` when a later version of icb wrote it, or it states no version
 */
export function checkSchema(path: string, schema: unknown): asserts schema is number {
  if (typeof schema !== 'number') throw damagedFile(path, 'it does not say which schema it has');
  if (schema <= RECORD_SCHEMA) return;
  throw new IcbError(
    'store-damaged',
    `The data file ${path} has schema ${schema}, and this icb knows schema ${RECORD_SCHEMA}; it was left untouched. Start the icb that wrote it, or give this one another data folder.`,
  );
}
