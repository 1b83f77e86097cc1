import type { Loader } from 'vega';
import type { PictureLink } from '../ports/picture.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('A picture may not load anything.'));

export interface LinkedLoader extends Loader {
  readonly links: readonly PictureLink[];
}

/**
 * Vega's own loader reads local files and fetches URLs. This one does neither, and its `sanitize` must resolve: a
 * refusal that rejects kills the process from inside vega-scenegraph (facts/embedding.md §3.4). It carries the mark
 * links because the loader is the one thing a view hands to its renderer.
 */
export const noNetworkLoader = (links: readonly PictureLink[] = []): LinkedLoader => ({
  load: refuse,
  http: refuse,
  file: refuse,
  sanitize: async () => ({ href: '' }),
  links,
});
