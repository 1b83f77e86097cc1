import { createHash } from 'node:crypto';
import { createSvgCache } from '../../src/render/cached-picture.ts';
import type { WidgetPicture } from '../deps.ts';

type Words = { readonly title: string; readonly description: string };

export interface EmbedPictures {
  svg(spec: object, words: Words): Promise<string>;
  png(spec: object, words: Words & { readonly width: number }): Promise<Uint8Array>;
}

/** Pictures by their spec, which holds everything they show: two links with one scope share one drawing. */
export function createEmbedPictures(picture: WidgetPicture): EmbedPictures {
  const cache = createSvgCache();
  return {
    async svg(spec, words) {
      const key = createHash('sha256')
        .update(JSON.stringify([spec, words]))
        .digest('base64url');
      return (await cache.get(key, () => picture.svg(spec, words))).svg;
    },
    png: (spec, words) => picture.png(spec, words),
  };
}
