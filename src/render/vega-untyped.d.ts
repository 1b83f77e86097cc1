/** Exports of vega that its own types leave out. */
import type { Loader, Renderer } from 'vega';

declare module 'vega' {
  export class SVGStringRenderer extends Renderer {
    constructor(loader: Loader);
    /** The attributes of the link around an item, or null for none. */
    href(item: unknown): Record<string, string> | null;
  }

  export interface TextItem {
    fontSize?: number;
    fontWeight?: string | number;
    /** Pixels after which the text is cut; none or 0 means never. */
    limit?: number;
  }

  export const textMetrics: {
    /** Pixels; replaces Vega's estimate where there is no canvas. */
    width: (item: TextItem, text: unknown) => number;
  };
}
