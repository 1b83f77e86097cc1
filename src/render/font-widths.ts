import { readFileSync } from 'node:fs';

/** Width in pixels of `text` at a font size in pixels. */
export type WidthOf = (text: string, size: number) => number;

/**
 * Advance widths from a TrueType file: cmap format 4 and hmtx, no kerning. Within 1 % of Skia for Latin text
 * (facts/embedding.md, appendix). A character the font lacks is as wide as its "missing" glyph.
 */
export function fontWidths(file: string): WidthOf {
  const bytes = readFileSync(file);
  const u16 = (at: number): number => bytes.readUInt16BE(at);
  const tables = new Map<string, number>();
  for (let i = 0; i < u16(4); i++) {
    const at = 12 + i * 16;
    tables.set(bytes.toString('latin1', at, at + 4), bytes.readUInt32BE(at + 8));
  }
  const table = (name: string): number => {
    const at = tables.get(name);
    if (at === undefined) throw new Error(`The font ${file} has no ${name} table.`);
    return at;
  };
  const head = table('head');
  const hhea = table('hhea');
  const hmtx = table('hmtx');
  const cmap = table('cmap');

  const unitsPerEm = u16(head + 18);
  const lastAdvance = u16(hhea + 34) - 1;
  const advance = (glyph: number): number => u16(hmtx + 4 * Math.min(glyph, lastAdvance));
  const segments = segmentMap(bytes, cmap);
  const cache = new Map<string, number>();
  const widthOf = (char: string): number => {
    const known = cache.get(char);
    if (known !== undefined) return known;
    const width = advance(segments(char.codePointAt(0) ?? 0)) / unitsPerEm;
    cache.set(char, width);
    return width;
  };
  return (text, size) => {
    let width = 0;
    for (const char of text) width += widthOf(char);
    return width * size;
  };
}

/** Code point → glyph through the format 4 subtable, the one that covers the basic plane. */
function segmentMap(bytes: Buffer, cmap: number): (code: number) => number {
  const u16 = (at: number): number => bytes.readUInt16BE(at);
  let subtable = 0;
  for (let i = 0; i < u16(cmap + 2); i++) {
    const at = cmap + bytes.readUInt32BE(cmap + 8 + i * 8);
    if (u16(at) === 4) subtable = at;
  }
  if (subtable === 0) throw new Error('The font has no character map of format 4.');
  const count = u16(subtable + 6) / 2;
  const ends = subtable + 14;
  const starts = ends + 2 * count + 2;
  const deltas = starts + 2 * count;
  const ranges = deltas + 2 * count;
  return (code) => {
    for (let i = 0; i < count; i++) {
      if (code > u16(ends + 2 * i)) continue;
      const start = u16(starts + 2 * i);
      if (code < start) return 0;
      const delta = u16(deltas + 2 * i);
      const range = u16(ranges + 2 * i);
      if (range === 0) return (code + delta) & 0xffff;
      const glyph = u16(ranges + 2 * i + range + 2 * (code - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
