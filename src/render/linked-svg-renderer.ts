import { type RenderModule, renderModule, SVGStringRenderer } from 'vega';
import type { LinkedLoader } from './no-network-loader.ts';

interface SceneItem {
  /** What a text mark says. */
  readonly text?: unknown;
  readonly datum?: { readonly mark?: unknown };
  readonly mark?: { readonly role?: string };
}

/** Only paths on our own server: `//host` and `javascript:` cannot pass. */
const isOwnPath = (href: string): boolean => /^\/(?![/\\])/.test(href);

/** Whoever speaks to the machine says what is read there, so that a shortened figure is part of the name too. */
const spoken = (label: string, text: unknown): string =>
  typeof text !== 'string' || text === '' || label.includes(text) ? label : `${label}, ${text}`;

/**
 * Writes a link around each mark whose datum carries a `mark` number. Vega asks `href` for a link's attributes and
 * writes them escaped. A mark drawn twice (a bar and its label) is one link for the keyboard, two for the mouse.
 */
class LinkedSvgRenderer extends SVGStringRenderer {
  readonly #loader: LinkedLoader;
  readonly #seen = new Set<number>();

  constructor(loader: LinkedLoader) {
    super(loader);
    this.#loader = loader;
  }

  override href(item: SceneItem): Record<string, string> | null {
    const index = item.mark?.role === 'mark' ? item.datum?.mark : undefined;
    if (typeof index !== 'number') return null;
    const link = this.#loader.links[index];
    if (!link || !isOwnPath(link.href)) return null;
    const again = this.#seen.has(index);
    this.#seen.add(index);
    return {
      href: link.href,
      'data-mark': String(index),
      ...(again
        ? { tabindex: '-1', 'aria-hidden': 'true' }
        : { 'aria-label': spoken(link.label, item.text) }),
    };
  }
}

/** Makes `view.toSVG()` write links. Vega keeps renderers by name for the whole thread. */
export function useLinkedSvg(): void {
  // Vega's types ask for an instance here; it takes the class.
  renderModule('svg', { headless: LinkedSvgRenderer } as unknown as RenderModule);
}
