import { addDays, daysInclusive, earlier, type IsoDate, later } from '../domain/calendar.ts';
import type { Json } from './charts/chart-input.ts';
import { DEFAULT_LOCALE, monthNames } from './format-figure.ts';
import { colourOf } from './palette.ts';
import { FONT, type Theme, type ThemeName, themes } from './theme.ts';

export interface DailyCounts {
  readonly module: string;
  /** Ascending, a day each; null is unknown, which is not zero. Days that are left out between them were thinned. */
  readonly days: readonly { readonly date: IsoDate; readonly quantity: number | null }[];
  /** The day the billing item counts from. */
  readonly itemDate: IsoDate;
}

export interface CountsChartOptions {
  readonly theme?: ThemeName;
  readonly locale?: string;
  /** Pixels of the whole picture. */
  readonly width?: number;
  readonly height?: number;
  /** For pages with a surface of their own. */
  readonly transparent?: boolean;
}

const AXIS_WIDTH = 44;
/** Narrower than this per day, only the counts that matter most are written above their columns. */
const LABEL_WIDTH = 15;
/** The share of the height above the highest column: for its figure and the item's date. */
const HEADROOM = 0.42;

/**
 * Counts by day as columns: those the item bills in the module's colour, those before it grey; unknown days are marked
 * `?`, thinned ones `·`, and the item's date is written above its column. Self-contained Vega-Lite JSON; `counts.days` must not be empty.
 */
export function countsChart(counts: DailyCounts, options: CountsChartOptions = {}): Json {
  const { theme: themeName = 'light', locale = DEFAULT_LOCALE, width = 600, height = 190 } = options;
  const theme = themes[themeName];
  const days = allDays(counts);
  const most = Math.max(1, ...counts.days.map(({ quantity }) => quantity ?? 0));
  const roomy = (width - AXIS_WIDTH) / days.length >= LABEL_WIDTH;
  const known = new Map(counts.days.map((day) => [day.date, day.quantity]));
  const labelled = labelledDays(counts, roomy);
  const [start, end] = [counts.days[0]?.date ?? '', counts.days.at(-1)?.date ?? ''];
  const isGone = (date: IsoDate) => !known.has(date) && start < date && date < end;
  const values = days.map((date) => {
    const quantity = known.get(date);
    return {
      date,
      value: quantity ?? 0,
      text: quantity === null ? '?' : isGone(date) ? '·' : labelled.has(date) ? String(quantity) : '',
      color: colourOf(
        'module',
        { kind: date < counts.itemDate ? 'other' : 'value', key: counts.module, label: '' },
        themeName,
      ),
    };
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: options.transparent ? 'transparent' : theme.surface,
    padding: 8,
    width,
    height,
    autosize: { type: 'fit', contains: 'padding', resize: false },
    data: { values },
    encoding: {
      x: { field: 'date', type: 'ordinal', sort: null, axis: dayAxis(days, theme, locale) },
      y: {
        field: 'value',
        type: 'quantitative',
        // Stacked bars would get clip paths, whose ids clash between pictures on one page.
        stack: null,
        scale: { domain: [0, most * (1 + HEADROOM)], nice: false },
        axis: countAxis(theme),
      },
    },
    layer: [columns, figures(theme), marker(counts, days, most, theme, locale)],
    config: { aria: false, font: FONT, view: { stroke: null }, axis: { labelFontSize: 12, tickSize: 0 } },
  };
}

/** All days counted, and those between them and the item's date. */
function allDays({ days, itemDate }: DailyCounts): IsoDate[] {
  const first = earlier(itemDate, days[0]?.date ?? itemDate);
  const last = later(itemDate, days.at(-1)?.date ?? itemDate);
  return Array.from({ length: daysInclusive(first, last) }, (_, i) => addDays(first, i));
}

/** Where the count is not what it was the day before, and the last day; only what matters most where there is no room. */
function labelledDays({ days, itemDate }: DailyCounts, roomy: boolean): ReadonlySet<IsoDate> {
  const known = days.filter(({ quantity }) => quantity !== null);
  const ends = [known[0], known.find(({ date }) => date >= itemDate), known.at(-1)];
  const changed = known.filter((day, i) => day.quantity !== known[i - 1]?.quantity);
  return new Set((roomy ? [...changed, known.at(-1)] : ends).flatMap((day) => (day ? [day.date] : [])));
}

const columns: Json = {
  mark: { type: 'bar', cornerRadiusEnd: 2 },
  encoding: { color: { field: 'color', type: 'nominal', scale: null } },
};

const figures = (theme: Theme): Json => ({
  mark: { type: 'text', baseline: 'bottom', dy: -4, color: theme.text, fontSize: 11 },
  encoding: { text: { field: 'text', type: 'nominal' } },
});

/** `▼ 22 Nov` over the item's column, drawn inwards at the picture's ends. */
function marker(
  { itemDate }: DailyCounts,
  days: readonly IsoDate[],
  most: number,
  theme: Theme,
  locale: string,
): Json {
  const at = days.indexOf(itemDate) / days.length;
  const align = at < 0.15 ? 'left' : at > 0.85 ? 'right' : 'center';
  const arrow = align === 'right' ? `${dayName(itemDate, locale)} ▼` : `▼ ${dayName(itemDate, locale)}`;
  return {
    data: { values: [{ date: itemDate, value: most * (1 + HEADROOM), text: arrow }] },
    mark: { type: 'text', baseline: 'top', align, color: theme.text, fontSize: 12, fontWeight: 'bold' },
    encoding: { text: { field: 'text', type: 'nominal' } },
  };
}

const dayName = (date: IsoDate, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );

/** Days read `1`, with the month below where it begins; no temporal axis, so no time zone. */
function dayAxis(days: readonly IsoDate[], theme: Theme, locale: string): Json {
  const names = JSON.stringify(monthNames(locale));
  const named = JSON.stringify(days.filter((date, i) => i === 0 || date.endsWith('-01')));
  const month = `(indexof(${named}, datum.value) >= 0 ? ${names}[toNumber(slice(datum.value, 5, 7)) - 1] : '')`;
  return {
    title: null,
    domain: false,
    ticks: false,
    labelExpr: `[toString(toNumber(slice(datum.value, 8))), ${month}]`,
    labelAngle: 0,
    labelColor: theme.muted,
    labelPadding: 6,
    labelLineHeight: 14,
    labelOverlap: true,
  };
}

const countAxis = (theme: Theme): Json => ({
  title: null,
  domain: false,
  ticks: false,
  tickCount: 3,
  tickMinStep: 1,
  format: ',d',
  labelColor: theme.muted,
  labelPadding: 6,
  gridColor: theme.grid,
});
