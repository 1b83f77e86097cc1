import { randomUUID } from 'node:crypto';
import { describe } from '../../src/widgets/describe.ts';
import { type EmbedGrant, type EmbedTheme, hiddenBecause, scopeOf } from '../../src/widgets/embed-grant.ts';
import type { WidgetResult } from '../../src/widgets/query.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { WidgetFilters } from '../../src/widgets/widget-filters.ts';
import type { WebDeps } from '../deps.ts';
import type { WidgetReader } from '../widgets/widget-reader.ts';
import type { EmbedPictures } from './embed-pictures.ts';
import { emptyText } from './empty-text.ts';

/** One widget of an embed, in one of its designed states. */
export interface EmbedView {
  readonly definition: WidgetDefinition;
  /** The link's, else the widget's own: two widgets of a tab may differ. */
  readonly locale: string;
  readonly theme: EmbedTheme;
  readonly content:
    | {
        readonly kind: 'figures';
        readonly result: WidgetResult;
        readonly wide?: string;
      }
    | { readonly kind: 'empty'; readonly text: string }
    | { readonly kind: 'hidden'; readonly text: string }
    | { readonly kind: 'failed'; readonly reference: string };
  /** Stale or partly missing, in words. */
  readonly note?: string | undefined;
  readonly asOf?: string | undefined;
}

export interface ViewParts {
  readonly deps: WebDeps;
  readonly widgets: WidgetReader;
  readonly pictures: EmbedPictures;
}

export const WIDTHS = { wide: 640, row: 800, narrow: 326 } as const;

/** What is broken down needs the whole row. */
export const embedWidth = ({ breakDownBy }: WidgetDefinition): number =>
  breakDownBy ? WIDTHS.row : WIDTHS.wide;

const localeOf = ({ settings }: WebDeps, grant: EmbedGrant, definition: WidgetDefinition): string =>
  grant.locale ?? definition.locale ?? settings.locale;

/** What the link or the address says, else the widget itself, else the viewer's display. */
export const embedTheme = ({ theme }: EmbedGrant, definition?: WidgetDefinition): EmbedTheme =>
  theme ?? definition?.theme ?? 'auto';

/** The figures a grant shows of a widget: its locked filters joined to the widget's own and the tab's. */
export async function readScoped(
  { widgets, deps }: Pick<ViewParts, 'widgets' | 'deps'>,
  grant: EmbedGrant,
  definition: WidgetDefinition,
  tabFilters: readonly WidgetFilters[] = [],
) {
  const { timeZone } = grant;
  const locale = localeOf(deps, grant, definition);
  const data = await widgets.read(definition, {
    scope: [...scopeOf(grant), ...tabFilters],
    timeZone,
    locale,
  });
  // A note names modules.
  const note = data.note && !grant.capabilities.modules ? 'Some counts are missing or old' : data.note;
  return { ...data, note };
}

/** What is shown of a widget; one that fails shows what it last showed, or says so, and takes no other down with it. */
export function embedViews(parts: ViewParts) {
  const lastGood = new Map<string, EmbedView>();
  return async function viewOf(
    grant: EmbedGrant,
    definition: WidgetDefinition,
    tabFilters: readonly WidgetFilters[] = [],
  ): Promise<EmbedView> {
    const hidden = hiddenBecause(grant, definition);
    const about = {
      ...{ definition, locale: localeOf(parts.deps, grant, definition) },
      theme: embedTheme(grant, definition),
    };
    if (hidden) return { ...about, content: { kind: 'hidden', text: hidden } };
    const key = JSON.stringify([definition, grant, tabFilters]);
    try {
      const view = await current(parts, grant, about, tabFilters);
      lastGood.delete(key);
      lastGood.set(key, view);
      const oldest = lastGood.keys().next().value;
      if (lastGood.size > 200 && oldest !== undefined) lastGood.delete(oldest);
      return view;
    } catch (err) {
      const reference = randomUUID().slice(0, 8);
      parts.deps.core.log.error({ err, reference, widget: definition.id }, 'embedded widget failed');
      const last = lastGood.get(key);
      if (!last) return { ...about, content: { kind: 'failed', reference } };
      return {
        ...last,
        note: `These are the last good figures: it failed just now (reference ${reference}).`,
      };
    }
  };
}

async function current(
  parts: ViewParts,
  grant: EmbedGrant,
  { definition, locale, theme }: Pick<EmbedView, 'definition' | 'locale' | 'theme'>,
  tabFilters: readonly WidgetFilters[],
): Promise<EmbedView> {
  const { result, state, note, asOf } = await readScoped(parts, grant, definition, tabFilters);
  const about = { definition, locale, theme, note, asOf };
  if (state === 'never-synced')
    return { ...about, content: { kind: 'empty', text: 'No sync has succeeded yet.' } };
  if (state !== 'ready') {
    const text = await emptyText(parts.deps, grant, { definition, locale, tabFilters });
    return { ...about, content: { kind: 'empty', text } };
  }
  if (definition.chart === 'table') return { ...about, content: { kind: 'figures', result } };
  const drawn = theme === 'dark' ? 'dark' : 'light';
  const width = embedWidth(definition);
  const spec = toVegaLite(result, { theme: drawn, locale, width, title: false, transparent: true });
  const words = { title: definition.title, description: describe(result, locale) };
  const wide = await parts.pictures.svg(spec, words);
  return { ...about, content: { kind: 'figures', result, wide } };
}
