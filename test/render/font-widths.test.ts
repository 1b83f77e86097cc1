import { expect, test } from 'vitest';
import { drawPng } from '../../src/render/draw-png.ts';
import { fontWidths } from '../../src/render/font-widths.ts';
import { FONT_FILES } from '../../src/render/fonts.ts';

const regular = fontWidths(FONT_FILES.regular);
const bold = fontWidths(FONT_FILES.bold);

// DejaVu Sans has 2048 units to the em; every digit is 1303 wide, a space 651 (bold: 1425, 713).
test.each([
  ['0123456789', (1303 * 10) / 2048],
  ['1 1', (1303 * 2 + 651) / 2048],
  ['', 0],
])('regular %j', (text, ems) => {
  expect(regular(text, 1)).toBeCloseTo(ems, 6);
});

test('bold is wider, sizes scale, accents and characters of other planes have a width', () => {
  expect(bold('0', 1)).toBeCloseTo(1425 / 2048, 6);
  expect(regular('abc', 24)).toBeCloseTo(regular('abc', 12) * 2, 6);
  expect(regular('é', 10)).toBeCloseTo(regular('e', 10), 6);
  expect(regular('🎉', 10)).toBeGreaterThan(0);
});

test('a PNG of text is not blank', () => {
  const svg = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="2" y="15" font-size="14">${text}</text></svg>`;
  expect(Buffer.from(drawPng(svg('icb'), 60)).equals(Buffer.from(drawPng(svg(''), 60)))).toBe(false);
});
