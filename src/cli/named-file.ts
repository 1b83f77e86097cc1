import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { IcbError } from '../domain/errors.ts';

/** @throws IcbError `bad-input` where a file that somebody named cannot be read */
export async function expectFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new IcbError('bad-input', said(error) ?? `There is no file ${file}.`);
  });
  if (found.isDirectory())
    throw new IcbError('bad-input', `${file} is a folder; name the file that is in it.`);
  await access(file, constants.R_OK).catch(() => {
    throw new IcbError('bad-input', `This user may not read ${file}; give it the right, or copy the file.`);
  });
}

/** @throws IcbError `bad-input` where a file cannot be made: it is there already, or its folder is not */
export async function expectRoomFor(file: string): Promise<void> {
  if (await exists(file)) throw new IcbError('bad-input', `${file} is there already; give another name.`);
  const folder = dirname(file);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new IcbError('bad-input', `There is no folder ${folder}; make it, or give another name.`);
  await access(folder, constants.W_OK).catch(() => {
    throw new IcbError('bad-input', `This user may not write into ${folder}; give another name.`);
  });
}

export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Of a name that is no name of a file at all. */
const said = ({ code, path }: NodeJS.ErrnoException): string | undefined =>
  code === 'ENOENT' || code === 'ENOTDIR' ? undefined : `${path} cannot be read (${code}).`;
