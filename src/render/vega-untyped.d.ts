/** Exports of vega that its own types leave out. */
import type { Loader, Renderer } from 'vega';

declare module 'vega' {
  export class SVGStringRenderer extends Renderer {
    constructor(loader: Loader);
    /** The attributes of the link around an item, or null for none. */
    href(item: unknown): Record<string, string> | null;
  }

  export const textMetrics: {
    /** Pixels; replaces Vega's estimate where there is no canvas. */
    width: (item: { fontSize?: number; fontWeight?: string | number }, text: unknown) => number;
  };
}
