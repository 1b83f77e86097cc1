import { markLabel } from '../../src/widgets/mark-links.ts';
import type { WidgetResult } from '../../src/widgets/query.ts';
import type { ThemeName } from '../../src/widgets/theme.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import type { WidgetPicture } from '../deps.ts';
import { embedWidth } from './embed-view.ts';

/**
 * What a browser draws a live chart from: the compiled Vega spec, and by `mark` what each figure says. Undefined where
 * there is nothing to draw.
 */
export async function liveChart(
  picture: WidgetPicture,
  result: WidgetResult,
  {
    theme,
    locale,
    width = embedWidth(result.definition),
    links = [],
  }: {
    readonly theme: ThemeName;
    readonly locale: string;
    readonly width?: number;
    /** Where each figure leads, by `mark`: on our own pages only. */
    readonly links?: readonly string[];
  },
): Promise<string | undefined> {
  if (!picture.vega || result.panels.length === 0 || result.definition.chart === 'table') return undefined;
  const spec = toVegaLite(result, {
    ...{ theme, locale, width },
    ...{ title: false, transparent: true },
  });
  const labels = result.marks.map((mark) => markLabel(mark, locale));
  return `{"labels":${JSON.stringify(labels)},"links":${JSON.stringify(links)},"spec":${await picture.vega(spec)}}`;
}
