import { IcbError } from '../domain/errors.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
}

export const MOST_BYTES = 5 * 1024 * 1024;

/**
 * A text file's bytes as text: by its byte order mark, else UTF-8 where all of it is, else Windows-1252, which older
 * spreadsheets write. Errors: `bad-input` with what to do.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length > MOST_BYTES)
    throw new IcbError(
      'bad-input',
      `The file is ${(bytes.length / 1024 / 1024).toFixed(1)} MB large; icb takes at most 5 MB. Leave out columns that are not needed, or split it by date.`,
    );
  if (bytes.length === 0) throw new IcbError('bad-input', 'The file is empty.');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    throw new IcbError(
      'bad-input',
      'This is a workbook, not CSV. Save it as “CSV UTF-8” and bring that file.',
    );
  const wide = utf16Of(bytes);
  const decoded = wide ? { text: decodeWith(wide, bytes), encoding: 'UTF-16' as const } : decodeBytes(bytes);
  if (decoded.text === undefined || decoded.text.includes('\0'))
    throw new IcbError(
      'bad-input',
      'This is not a text file. Save the table as “CSV UTF-8” and bring that file.',
    );
  return { text: decoded.text.replace(/^\uFEFF/, ''), encoding: decoded.encoding };
}

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

/** UTF-16 by its mark, or without one by the zero byte that every ASCII letter has there. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  const start = bytes.subarray(0, 400);
  const zeros = (from: 0 | 1) => start.filter((byte, at) => at % 2 === from && byte === 0).length;
  const half = start.length / 2;
  if (zeros(1) > half * 0.7 && zeros(0) === 0) return 'utf-16le';
  return zeros(0) > half * 0.7 && zeros(1) === 0 ? 'utf-16be' : undefined;
}

function decodeBytes(bytes: Uint8Array): { text: string | undefined; encoding: DecodedText['encoding'] } {
  const text = decodeWith('utf-8', bytes);
  if (text !== undefined) return { text, encoding: 'UTF-8' };
  // Five bytes mean nothing in Windows-1252: such a file is something else, and guessing would garble names.
  const unknown = bytes.some((byte) => UNDEFINED.has(byte));
  return { text: unknown ? undefined : decodeWith('windows-1252', bytes), encoding: 'Windows-1252' };
}

const UNDEFINED: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function decodeWith(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
