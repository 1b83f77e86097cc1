import { textMetrics } from 'vega';
import { fontWidths } from './font-widths.ts';
import { FONT_FILES } from './fonts.ts';

const BOLD_FROM = 600;
const VEGA_FONT_SIZE = 11;

const isBold = (weight: string | number | undefined): boolean =>
  weight === 'bold' || weight === 'bolder' || Number(weight) >= BOLD_FROM;

/** Without a canvas Vega guesses widths and cuts names that would fit; these are the font's own. */
export function useFontMetrics(): void {
  const regular = fontWidths(FONT_FILES.regular);
  const bold = fontWidths(FONT_FILES.bold);
  textMetrics.width = (item, text) => {
    const widthOf = isBold(item.fontWeight) ? bold : regular;
    const width = widthOf(String(text ?? '').trim(), item.fontSize ?? VEGA_FONT_SIZE);
    // A name that will be cut takes no more room than its cut form.
    return item.limit ? Math.min(width, item.limit) : width;
  };
}
