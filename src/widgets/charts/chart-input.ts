import type { Heading } from '../heading.ts';
import { markLabel, markText } from '../mark-links.ts';
import { overallLabel } from '../measure.ts';
import type { Mark, Panel, WidgetResult } from '../query.ts';
import type { Theme, ThemeName } from '../theme.ts';

/** A piece of Vega-Lite JSON. Built from literals; only strings and numbers come from data. */
export type Json = Readonly<Record<string, unknown>>;

export interface ChartInput {
  readonly result: WidgetResult;
  readonly panel: Panel;
  readonly theme: Theme;
  readonly themeName: ThemeName;
  readonly locale: string;
  /** Pixels inside the picture's padding, axes and legend included. */
  readonly width: number;
  /** Wanted pixels; a chart with many rows takes more. */
  readonly height: number | undefined;
  /** In a stack of panels, the pixels that the stack takes off each one's height; undefined for a panel alone. */
  readonly stackedBy: number | undefined;
}

/** What a converter gives: the part of a spec that differs from chart to chart. */
export interface ChartView {
  readonly view: Json;
  /** Pixels of the whole, axes and legend included. */
  readonly height: number;
  /** About how many pixels axis labels and legend take beside the plot. */
  readonly sideways: number;
  /** About how many pixels axis labels and legend take under the plot. */
  readonly below: number;
}

export type Converter = (input: ChartInput) => ChartView;

/** Vega keeps names as object keys and stumbles over this one; a zero-width space makes it a name like others. */
export const nameOf = (heading: Heading): string =>
  heading.label === '__proto__' ? '__\u200bproto__' : heading.label;

/** A month is placed by its key, which sorts; everything else by its label, which is unique in a chart. */
export const axisValue = (input: ChartInput, heading: Heading): string =>
  input.result.definition.groupBy === 'month' ? heading.key : nameOf(heading);

/** One datum. `mark` finds the drill-in, `key` and `seriesKey` say what it is to programs that read the spec. */
export function datum(input: ChartInput, mark: Mark) {
  const { group, series } = mark;
  return {
    mark: mark.index,
    key: group?.key ?? null,
    seriesKey: series?.key ?? null,
    group: group ? axisValue(input, group) : 'Total',
    series: series ? nameOf(series) : null,
    value: mark.number,
    text: markText(mark, input.locale),
    label: markLabel(mark, input.locale, overallLabel(input.result.definition.measure)),
  };
}

/** Tooltips for those who open the spec in an interactive view. */
export const tooltip: Json = { field: 'label', type: 'nominal' };
