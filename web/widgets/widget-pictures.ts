import { createHash } from 'node:crypto';
import { type CachedSvg, createSvgCache } from '../../src/render/cached-picture.ts';
import { describe } from '../../src/widgets/describe.ts';
import { markLinks } from '../../src/widgets/mark-links.ts';
import type { WidgetResult } from '../../src/widgets/query.ts';
import type { ThemeName } from '../../src/widgets/theme.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import type { WidgetPicture } from '../deps.ts';

/** Where the drill-in lives. */
export const ITEMS_PATH = '/dashboard/items';

/** What a picture is of: the figures, and the revision of the store they were read at. */
export interface Drawn {
  readonly result: WidgetResult;
  readonly revision: number;
}

export interface WidgetPictures {
  /** For a card of the ICB tab: no title, no ground, marks linked to their rows. */
  inlineSvg(of: Drawn, theme: ThemeName): Promise<CachedSvg>;
  /** To save or to show elsewhere: with title and ground. */
  fileSvg(of: Drawn, theme: ThemeName): Promise<CachedSvg>;
  png(of: Drawn, theme: ThemeName): Promise<Uint8Array>;
  spec(of: Drawn, theme: ThemeName): object;
}

const INLINE_WIDTH = 620;
const WIDE = 1100;
const PNG_WIDTH = 1200;

/** A broken-down chart needs the room of two cards. */
export const isWide = ({ chart }: WidgetResult['definition']): boolean => chart === 'stacked-column';

export function createWidgetPictures(picture: WidgetPicture, locale: string): WidgetPictures {
  const cache = createSvgCache();
  const words = ({ result }: Drawn) => ({
    title: result.definition.title,
    description: describe(result, locale),
  });
  const key = (kind: string, { result, revision }: Drawn, theme: ThemeName): string =>
    createHash('sha256')
      .update(JSON.stringify([kind, result.definition, result.today, revision, theme, locale]))
      .digest('base64url');
  const spec = ({ result }: Drawn, theme: ThemeName) => toVegaLite(result, { theme, locale });
  return {
    spec,
    inlineSvg: (of, theme) =>
      cache.get(key('inline', of, theme), () => {
        const width = isWide(of.result.definition) ? WIDE : INLINE_WIDTH;
        const drawn = toVegaLite(of.result, { theme, locale, width, title: false, transparent: true });
        return picture.svg(drawn, { ...words(of), links: markLinks(of.result, ITEMS_PATH, locale) });
      }),
    fileSvg: (of, theme) => cache.get(key('file', of, theme), () => picture.svg(spec(of, theme), words(of))),
    png: (of, theme) => picture.png(spec(of, theme), { ...words(of), width: PNG_WIDTH }),
  };
}
