import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { IcbError } from '../../domain/errors.ts';

/** Where a data folder is filled before it takes the place of another. */
export const fillingFolder = (dir: string): string => `${dir}.filling`;

/** Where what it replaces is kept. */
export const asideFolder = (dir: string, now: Temporal.Instant): string =>
  `${dir}.before-${now.toString({ smallestUnit: 'millisecond' }).replaceAll(':', '')}`;

/**
 * A folder that is missing beside one that was put aside, or one that was about to take its place, was lost between two
 * renames. An empty store in its place would look as if everything had gone, and the next restore would clear up the rest.
 * @throws IcbError `store-damaged` saying what can be put back
 */
export async function refuseHalfSwapped(dir: string): Promise<void> {
  if (await isThere(dir)) return;
  const name = basename(dir);
  const beside = (await readdir(dirname(dir)).catch(() => [])).map((each) => join(dirname(dir), each));
  const aside = beside.filter((each) => basename(each).startsWith(`${name}.before-`)).sort();
  const filled = beside.filter((each) => basename(each) === `${name}.filling`);
  const ways = [
    ...aside.slice(-1).map((each) => `rename ${each} to ${dir} to have what was there before`),
    ...filled.map((each) => `rename ${each} to ${dir} to have what was restored`),
  ];
  if (ways.length === 0) return;
  throw new IcbError(
    'store-damaged',
    `The data folder ${dir} is missing, as after a restore that was broken off while it changed folders; nothing was changed. Do one of these: ${[...ways, `make an empty folder ${dir} to begin with nothing`].join('; ')}.`,
  );
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
