const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * The lines of what comes in pieces of bytes, without their ends (`\n` or `\r\n`). Only these end a line: JSON leaves
 * U+2028 and U+2029, which `node:readline` takes for ends, as they are within texts. Lines are cut as bytes, so that a
 * letter may lie in two pieces.
 */
export async function* linesIn(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: Uint8Array[] = [];
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, from)) {
      yield lineOf([...begun, piece.subarray(from, end)]);
      begun = [];
      from = end + 1;
    }
    if (from < piece.length) begun.push(piece.subarray(from));
  }
  if (begun.length > 0) yield lineOf(begun);
}

/** A byte order mark is a letter like another: what is checked by its checksum is not mended. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function lineOf(parts: readonly Uint8Array[]): string {
  const [first = new Uint8Array()] = parts;
  const bytes = parts.length === 1 ? first : joined(parts);
  return utf8.decode(bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
