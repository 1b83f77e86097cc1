import { bar } from './charts/bar.ts';
import { groupedBar, groupedColumn, percentBar, percentColumn, stackedBar } from './charts/broken-down.ts';
import type { ChartInput, ChartView, Converter, Json } from './charts/chart-input.ts';
import { column } from './charts/column.ts';
import { funnel } from './charts/funnel.ts';
import { doughnutGauge, needleGauge } from './charts/gauge.ts';
import { area, line } from './charts/line.ts';
import { number } from './charts/number.ts';
import { doughnut, pie } from './charts/pie.ts';
import { stackedColumn } from './charts/stacked-column.ts';
import { table } from './charts/table.ts';
import { describe, subtitle } from './describe.ts';
import { DEFAULT_LOCALE, numberForm } from './format-figure.ts';
import type { WidgetResult } from './query.ts';
import { FONT, type Theme, type ThemeName, themes } from './theme.ts';
import type { ChartType } from './widget-definition.ts';

/** A chart type without a converter is a compile error. */
export const charts = {
  bar,
  column,
  'stacked-column': stackedColumn,
  'stacked-bar': stackedBar,
  'grouped-bar': groupedBar,
  'grouped-column': groupedColumn,
  'percent-bar': percentBar,
  'percent-column': percentColumn,
  line,
  area,
  pie,
  doughnut,
  funnel,
  table,
  number,
  'needle-gauge': needleGauge,
  'doughnut-gauge': doughnutGauge,
} satisfies Record<ChartType, Converter>;

export interface SpecOptions {
  readonly theme?: ThemeName;
  readonly locale?: string;
  /** Pixels of the whole picture. */
  readonly width?: number;
  /** Pixels wanted; bars and tables with many rows take more. */
  readonly height?: number;
  /** Off where the page already shows the title. */
  readonly title?: boolean;
  /** For pages with a surface of their own. */
  readonly transparent?: boolean;
}

const DEFAULT_WIDTH = 640;
const PADDING = 16;
const TITLE_HEIGHT = 42;
const SUBTITLE_LINE = 15;
/** Average pixels of a character in the subtitle. */
const SUBTITLE_CHARACTER = 6.9;

function config(theme: Theme, locale: string, currency: string | undefined): Json {
  const form = numberForm(currency, locale);
  return {
    // Marks are described by our own links and by the table beside the chart; Vega's labels on each mark are noise.
    aria: false,
    font: FONT,
    locale: {
      number: {
        decimal: form.decimal,
        thousands: form.thousands,
        grouping: [3],
        currency: [form.prefix, form.suffix],
      },
    },
    view: { stroke: null },
    axis: { labelFontSize: 12, gridDash: [], tickSize: 0 },
    legend: { labelFontSize: 12 },
    title: {
      anchor: 'start',
      frame: 'bounds',
      fontSize: 16,
      fontWeight: 'bold',
      color: theme.text,
      subtitleColor: theme.muted,
      subtitleFontSize: 12,
      subtitlePadding: 6,
      offset: 18,
    },
  };
}

const empty = (input: Omit<ChartInput, 'panel'>): ChartView => ({
  height: input.height ?? 120,
  sideways: 0,
  below: 0,
  view: {
    data: { values: [{ text: 'No billing items to show yet' }] },
    mark: { type: 'text', fontSize: 13, color: input.theme.muted },
    encoding: { text: { field: 'text', type: 'nominal' } },
  },
});

/** Room above a plot for its currency. */
const PANEL_CHROME = 36;

type NamedView = ChartView & { readonly name: string; readonly under?: readonly string[] };

/** Panels of several currencies, or several widgets, stand under each other, each with its name. */
const stack = (views: readonly NamedView[], width: number): Json => ({
  vconcat: views.map(({ name, under = [], view, height, sideways, below }) => ({
    title: {
      text: name,
      fontSize: 13,
      offset: 8,
      limit: width,
      ...(under.length > 0 && { subtitle: under }),
    },
    // Vega fits single plots only: here the room beside the plot has to be reckoned.
    width: Math.max(160, width - sideways),
    height: height - PANEL_CHROME - below,
    ...view,
  })),
  spacing: 28,
  resolve: { scale: { color: 'independent' } },
});

interface Drawing {
  readonly views: readonly NamedView[];
  readonly theme: Theme;
  readonly locale: string;
  readonly inner: number;
  readonly under: readonly string[];
  /** Pixels of title and subtitle. */
  readonly chrome: number;
}

function draw(result: WidgetResult, options: SpecOptions, stackedBy?: number): Drawing {
  const { definition, panels } = result;
  const {
    theme: themeName = definition.theme ?? 'light',
    locale = definition.locale ?? DEFAULT_LOCALE,
    width = DEFAULT_WIDTH,
  } = options;
  const theme = themes[themeName];
  const inner = width - 2 * PADDING;
  const under = subtitle(result, Math.floor(inner / SUBTITLE_CHARACTER), locale);
  const chrome = (options.title ?? true) ? TITLE_HEIGHT + under.length * SUBTITLE_LINE : 0;
  const base = {
    result,
    theme,
    themeName,
    locale,
    width: inner,
    height: options.height === undefined ? undefined : options.height - chrome,
    stackedBy,
  };
  const views = panels.map((panel) => ({
    ...charts[definition.chart]({ ...base, panel }),
    name: panel.currency ?? '',
  }));
  return {
    views: views.length > 0 ? views : [{ ...empty(base), name: '' }],
    theme,
    locale,
    inner,
    under,
    chrome,
  };
}

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/** The widget's picture as Vega-Lite JSON with its data inline: self-contained, output only. */
export function toVegaLite(result: WidgetResult, options: SpecOptions = {}): Json {
  const { views, theme, locale, inner, under, chrome } = draw(
    result,
    options,
    result.panels.length > 1 ? PANEL_CHROME : undefined,
  );
  const [first] = views;
  const one = first && {
    width: inner + 2 * PADDING,
    height: first.height + chrome,
    autosize: { type: 'fit', contains: 'padding', resize: false },
    ...first.view,
  };
  return {
    $schema: SCHEMA,
    description: describe(result, locale),
    background: options.transparent ? 'transparent' : theme.surface,
    padding: PADDING,
    ...(chrome > 0 && { title: { text: result.definition.title, subtitle: under, limit: inner } }),
    ...(views.length > 1 ? stack(views, inner) : one),
    config: config(theme, locale, result.panels[0]?.currency),
  };
}

/** A whole tab as one picture: its widgets under each other. */
export function tabToVegaLite(
  name: string,
  results: readonly WidgetResult[],
  options: SpecOptions = {},
): Json {
  const drawings = results.map((result) => ({ result, ...draw(result, options, 0) }));
  const theme = themes[options.theme ?? 'light'];
  const views = drawings.flatMap(({ result, views: panels, under }) =>
    panels.map((view) => ({
      ...view,
      name: [result.definition.title, panels.length > 1 && view.name].filter(Boolean).join(' · '),
      under,
      height: view.height + PANEL_CHROME,
    })),
  );
  return {
    $schema: SCHEMA,
    description: results.map((result) => describe(result, options.locale)).join(' '),
    background: theme.surface,
    padding: PADDING,
    title: { text: name },
    ...stack(views, (options.width ?? DEFAULT_WIDTH) - 2 * PADDING),
    config: config(theme, options.locale ?? DEFAULT_LOCALE, undefined),
  };
}
