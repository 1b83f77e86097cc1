import { hash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Disk } from './disk.ts';
import type { SheetFile } from './sheet-file.ts';

/** Of what was made of a sheet: `<partition>.<revision>.<name>.derived`, beside the sheet's file. */
export const DERIVED = /^([a-zA-Z0-9-]+\.\d+)\.[a-z0-9-]+\.derived(\.partial)?$/;

const pathOf = ({ path }: SheetFile, name: string): string =>
  join(dirname(path), `${basename(path, '.json')}.${name}.derived`);

const HEAD = 64;
const checksum = (sheet: SheetFile, bytes: Uint8Array): Buffer =>
  Buffer.from(hash('sha256', Buffer.concat([Buffer.from(sheet.seal.sha256), bytes])));

/** Undefined where there is none, or it is not whole, or was made of other records: it can be made again. */
export async function readDerived(
  disk: Disk,
  sheet: SheetFile,
  name: string,
): Promise<Uint8Array | undefined> {
  const file = await disk.read(pathOf(sheet, name)).catch(() => undefined);
  if (!file || file.length < HEAD) return undefined;
  const bytes = file.subarray(HEAD);
  return checksum(sheet, bytes).equals(file.subarray(0, HEAD)) ? bytes : undefined;
}

export const writeDerived = (disk: Disk, sheet: SheetFile, name: string, bytes: Uint8Array): Promise<void> =>
  disk.write(pathOf(sheet, name), Buffer.concat([checksum(sheet, bytes), bytes]));

/** What was made of a file goes with it. */
export async function removeDerived(disk: Disk, path: string): Promise<void> {
  const own = `${basename(path, '.json')}.`;
  for (const name of await disk.list(dirname(path)))
    if (name.startsWith(own) && DERIVED.test(name)) await disk.remove(join(dirname(path), name));
}
