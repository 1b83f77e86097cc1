import { hash } from 'node:crypto';
import { z } from 'zod';
import { damagedFile } from './file-problem.ts';

/** What tells that a file is whole and as it was written: its length without this, and the checksum of that much. */
export const Seal = z.object({ bytes: z.number().int().nonnegative(), sha256: z.string().length(64) });
export type Seal = z.infer<typeof Seal>;

/** The last line of a sealed file begins so. */
const LAST_LINE = Buffer.from('\n{"bytes":');

/** The content, which ends with a line's end, and under it the line that seals it. */
export function sealed(text: string): { readonly content: Buffer; readonly seal: Seal } {
  const bytes = Buffer.byteLength(text);
  const content = Buffer.allocUnsafe(bytes + LONGEST_SEAL);
  content.write(text);
  const seal = { bytes, sha256: hash('sha256', content.subarray(0, bytes)) };
  const end = bytes + content.write(`${JSON.stringify(seal)}\n`, bytes);
  return { content: content.subarray(0, end), seal };
}

const LONGEST_SEAL = 128;

/**
 * The content of a sealed file without its seal.
 * @throws IcbError `store-damaged` when the file was cut off or changed, or is not the one that `expected` describes
 */
export function unsealed(path: string, file: Buffer, expected?: Seal): Buffer {
  const end = file.lastIndexOf(LAST_LINE) + 1;
  const seal = end > 0 ? sealIn(file.subarray(end)) : undefined;
  if (!seal)
    throw damagedFile(path, 'its last line, the seal, is missing, as after a write that was cut off');
  if (seal.bytes !== end) throw damagedFile(path, `it holds ${end} bytes and was written with ${seal.bytes}`);
  const body = file.subarray(0, end);
  if (hash('sha256', body) !== seal.sha256)
    throw damagedFile(path, 'its checksum is not that of its content, as after a change from outside');
  if (expected && expected.sha256 !== seal.sha256)
    throw damagedFile(path, 'it is another version than the one that _tenant.json names');
  return body;
}

function sealIn(line: Buffer): Seal | undefined {
  try {
    const seal = Seal.parse(JSON.parse(line.toString()));
    return line.toString() === `${JSON.stringify(seal)}\n` ? seal : undefined;
  } catch {
    return undefined;
  }
}
