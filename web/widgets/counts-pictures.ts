import { createHash } from 'node:crypto';
import { createSvgCache } from '../../src/render/cached-picture.ts';
import type { Explanation } from '../../src/usecases/explanation.ts';
import { countsChart, type DailyCounts } from '../../src/widgets/counts-chart.ts';
import type { WidgetPicture } from '../deps.ts';

/** For a wide place and for a phone: a chart scaled down cannot be read. */
export interface CountsPicture {
  readonly wide: string;
  readonly phone: string;
}

const WIDTHS = { wide: 640, phone: 326 } as const;

/** Draws an explanation's counts by day; undefined where there is nothing to draw. Rejects when drawing fails. */
export type CountsPictures = (explanation: Explanation) => Promise<CountsPicture | undefined>;

export function createCountsPictures(picture: WidgetPicture, locale: string): CountsPictures {
  const cache = createSvgCache(200);
  const draw = async (counts: DailyCounts, width: number): Promise<string> => {
    const spec = countsChart(counts, { locale, width, transparent: true });
    const key = createHash('sha256').update(JSON.stringify(spec)).digest('base64url');
    const words = { title: 'Counts by day', description: inWords(counts) };
    return (await cache.get(key, () => picture.svg(spec, words))).svg;
  };
  return async ({ item, counts }) => {
    if (item.module === null || counts.length === 0) return undefined;
    const daily: DailyCounts = { module: item.module, itemDate: item.itemDate, days: counts };
    const [wide, phone] = await Promise.all([draw(daily, WIDTHS.wide), draw(daily, WIDTHS.phone)]);
    return { wide, phone };
  };
}

/** The figures for those who cannot see them; the table below has them day by day. */
const inWords = ({ days }: DailyCounts): string =>
  days.map(({ date, quantity }) => `${date}: ${quantity ?? 'unknown'}`).join(', ');
