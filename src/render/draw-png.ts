import { Resvg } from '@resvg/resvg-js';
import { FONT_FAMILY, FONT_FILES } from './fonts.ts';

function rasterise(svg: string, width: number) {
  return new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: {
      fontFiles: [FONT_FILES.regular, FONT_FILES.bold],
      loadSystemFonts: false,
      defaultFontFamily: FONT_FAMILY,
      sansSerifFamily: FONT_FAMILY,
    },
  }).render();
}

/** SVG text → PNG bytes, `width` pixels wide. */
export const drawPng = (svg: string, width: number): Uint8Array => rasterise(svg, width).asPng();

const SAMPLE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="2" y="15" font-size="14" fill="#000">icb</text></svg>';

/** Without a font the rasteriser leaves all text out and says nothing: pictures without a word. */
export function checkText(): void {
  if (rasterise(SAMPLE, 60).pixels.every((byte) => byte === 0))
    throw new Error('Pictures would have no text: the DejaVu fonts could not be read. Run npm ci again.');
}
