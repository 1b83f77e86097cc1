import { shortFigure } from '../format-figure.ts';
import { colourOf } from '../palette.ts';
import type { Mark } from '../query.ts';
import { groupAxis, valueAxis, valueDomain } from './axes.ts';
import {
  axisValue,
  type ChartInput,
  type ChartView,
  type Converter,
  datum,
  type Json,
  nameOf,
  tooltip,
} from './chart-input.ts';
import { AXIS_WIDTH, COLUMN_HEIGHT, columnLabels, groupScale, slantHeight } from './column.ts';
import { goalLayers, withGoal } from './goal.ts';
import { labels, legendOf, textWidth } from './layout.ts';
import { stackedColumn } from './stacked-column.ts';

type Arrangement = 'stacked' | 'grouped' | 'percent';

const ROW = 30;
const GROUPED_ROW = 15;
const AXIS_HEIGHT = 44;
const LONGEST_NAME = 290;

/** The colour of each series, and its legend. */
export function seriesColour(input: ChartInput, legend: Json | null): Json {
  const { panel, result, themeName } = input;
  const { breakDownBy = 'module' } = result.definition;
  return {
    field: 'series',
    type: 'nominal',
    sort: null,
    scale: {
      domain: panel.series.map(nameOf),
      range: panel.series.map((heading, i) => colourOf(breakDownBy, heading, themeName, i)),
    },
    legend,
  };
}

/** What a group's parts come to: its whole, without signs because parts that take away have no share. */
const wholes = (cells: readonly Mark[]): ReadonlyMap<Mark['group'], number> =>
  new Map(
    [...Map.groupBy(cells, (mark) => mark.group)].map(([group, marks]) => [
      group,
      marks.reduce((sum, mark) => sum + mark.number, 0),
    ]),
  );

export function seriesData(input: ChartInput): Json[] {
  const position = new Map(input.panel.series.map((heading, i) => [heading, i]));
  const whole = wholes(input.panel.cells);
  return input.panel.cells.map((mark) => ({
    ...datum(input, mark),
    order: mark.series ? (position.get(mark.series) ?? 0) : 0,
    share: mark.number / (whole.get(mark.group) || 1),
    short: shortFigure(mark.number, mark.currency, input.locale),
  }));
}

/** How far stacks reach from zero, each way. */
function stackEnds(cells: readonly Mark[]): number[] {
  const ends = [...Map.groupBy(cells, (mark) => mark.group).values()].flatMap((marks) => [
    marks.reduce((sum, mark) => sum + Math.max(0, mark.number), 0),
    marks.reduce((sum, mark) => sum + Math.min(0, mark.number), 0),
  ]);
  return ends;
}

function valueChannel(input: ChartInput, arrangement: Arrangement, ticks: number): Json {
  if (arrangement === 'percent')
    return {
      field: 'share',
      type: 'quantitative',
      stack: 'zero',
      scale: { domain: [0, 1], nice: false },
      axis: { ...valueAxis(input, ticks), labelExpr: "format(datum.value, '.0%')", tickMinStep: 0.1 },
    };
  const { cells } = input.panel;
  const numbers = arrangement === 'stacked' ? stackEnds(cells) : cells.map((mark) => mark.number);
  const ends = withGoal(input, numbers);
  return {
    field: 'value',
    type: 'quantitative',
    stack: arrangement === 'stacked' ? 'zero' : null,
    scale: { domain: valueDomain(Math.min(...ends), Math.max(...ends), 0.1), nice: false },
    axis: valueAxis(input, ticks),
  };
}

/** Where a series stands beside the others of its group. */
const offsetOf = (input: ChartInput, offset: 'xOffset' | 'yOffset'): Json => ({
  [offset]: { field: 'series', type: 'nominal', scale: { domain: input.panel.series.map(nameOf) } },
});

const bars = (
  input: ChartInput,
  arrangement: Arrangement,
  offset: 'xOffset' | 'yOffset',
  legend: Json | null,
) => ({
  mark: {
    type: 'bar',
    ...(arrangement !== 'grouped' && { stroke: input.theme.surface, strokeWidth: 0.75 }),
  },
  encoding: {
    color: seriesColour(input, legend),
    order: { field: 'order', type: 'quantitative' },
    tooltip,
    ...(arrangement === 'grouped' && offsetOf(input, offset)),
  },
});

const horizontal =
  (arrangement: Arrangement): Converter =>
  (input): ChartView => {
    const { panel, width } = input;
    const key = legendOf(input, panel.series);
    const limit = Math.min(LONGEST_NAME, width * 0.48);
    const row = arrangement === 'grouped' ? Math.max(ROW, panel.series.length * GROUPED_ROW) : ROW;
    const below = key.below + 24;
    const x = valueChannel(input, arrangement, 4);
    return {
      height: Math.max(input.height ?? 0, key.least, AXIS_HEIGHT + panel.groups.length * row) + below,
      sideways: textWidth(labels(panel.groups), limit) + 8 + key.beside,
      below,
      view: {
        data: { values: seriesData(input) },
        layer: [
          {
            ...bars(input, arrangement, 'yOffset', key.legend),
            encoding: {
              ...bars(input, arrangement, 'yOffset', key.legend).encoding,
              x,
              y: {
                field: 'group',
                type: 'ordinal',
                sort: null,
                scale: {
                  domain: panel.groups.map((group) => axisValue(input, group)),
                  paddingInner: 0.28,
                  paddingOuter: 0.15,
                },
                axis: { ...groupAxis(input), labelLimit: limit },
              },
            },
          },
          ...(arrangement === 'percent' ? [] : goalLayers(input, 'x', x)),
        ],
      },
    };
  };

const vertical =
  (arrangement: Arrangement): Converter =>
  (input): ChartView => {
    const { panel } = input;
    const key = legendOf(input, panel.series, panel.groups.length);
    const below = key.below + slantHeight(input);
    const y = valueChannel(input, arrangement, 5);
    const made = bars(input, arrangement, 'xOffset', key.legend);
    const labelled =
      arrangement === 'grouped' &&
      (input.result.definition.labels ??
        (input.width - AXIS_WIDTH - key.beside) / (panel.groups.length * panel.series.length) > 42);
    const x = groupScale(input);
    return {
      height: Math.max(input.height ?? COLUMN_HEIGHT, key.least) + below,
      sideways: AXIS_WIDTH + key.beside,
      below,
      view: {
        data: { values: seriesData(input) },
        layer: [
          { ...made, encoding: { ...made.encoding, x, y } },
          ...(labelled
            ? [
                {
                  mark: columnLabels(input),
                  encoding: {
                    x,
                    y,
                    ...offsetOf(input, 'xOffset'),
                    text: { field: 'short', type: 'nominal' },
                  },
                },
              ]
            : []),
          ...(arrangement === 'percent' ? [] : goalLayers(input, 'y', y)),
        ],
      },
    };
  };

/** What takes away has no share of a whole: with a negative figure a 100 % chart becomes a plain stack. */
const unlessNegative =
  (percent: Converter, otherwise: Converter): Converter =>
  (input) =>
    input.panel.cells.some((mark) => mark.number < 0) ? otherwise(input) : percent(input);

export const stackedBar = horizontal('stacked');
export const groupedBar = horizontal('grouped');
export const groupedColumn = vertical('grouped');
export const percentBar = unlessNegative(horizontal('percent'), stackedBar);
export const percentColumn = unlessNegative(vertical('percent'), stackedColumn);
