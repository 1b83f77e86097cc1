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
  /** For a card of the ICB tab: no title, no ground, marks linked to their rows; `chartCss` makes it dark. */
  inlineSvg(of: Drawn, size: InlineSize): Promise<CachedSvg>;
  /** To save or to show elsewhere: with title and ground. */
  fileSvg(of: Drawn, theme: ThemeName): Promise<CachedSvg>;
  png(of: Drawn, theme: ThemeName): Promise<Uint8Array>;
  spec(of: Drawn, theme: ThemeName): object;
}

/** A chart scaled down to a phone cannot be read: it gets a picture of its own. */
export type InlineSize = 'card' | 'row' | 'phone';
const INLINE_WIDTHS = { card: 600, row: 1100, phone: 326 } as const satisfies Record<InlineSize, number>;
const PNG_WIDTH = 1200;

/** What is broken down needs the room of two cards. */
export const takesRow = ({ chart, breakDownBy }: WidgetResult['definition']): boolean =>
  chart === 'table' || breakDownBy !== undefined;

export function createWidgetPictures(picture: WidgetPicture, ownLocale: string): WidgetPictures {
  const localeOf = ({ result }: Drawn): string => result.definition.locale ?? ownLocale;
  const cache = createSvgCache();
  const words = (of: Drawn) => ({
    title: of.result.definition.title,
    description: describe(of.result, localeOf(of)),
  });
  const key = (kind: string, { result, revision }: Drawn, theme: ThemeName): string =>
    createHash('sha256')
      .update(JSON.stringify([kind, result.definition, result.today, revision, theme, ownLocale]))
      .digest('base64url');
  const spec = (of: Drawn, theme: ThemeName) => toVegaLite(of.result, { theme, locale: localeOf(of) });
  return {
    spec,
    inlineSvg: (of, size) =>
      cache.get(key(size, of, 'light'), () => {
        const width = INLINE_WIDTHS[size];
        const locale = localeOf(of);
        const drawn = toVegaLite(of.result, {
          theme: of.result.definition.theme ?? 'light',
          locale,
          width,
          title: false,
          transparent: true,
        });
        return picture.svg(drawn, { ...words(of), links: markLinks(of.result, ITEMS_PATH, locale) });
      }),
    fileSvg: (of, theme) => cache.get(key('file', of, theme), () => picture.svg(spec(of, theme), words(of))),
    png: (of, theme) => picture.png(spec(of, theme), { ...words(of), width: PNG_WIDTH }),
  };
}
