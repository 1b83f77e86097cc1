import { shortFigure } from '../format-figure.ts';
import { colourOf } from '../palette.ts';
import { groupAxis, valueAxis, valueDomain } from './axes.ts';
import { axisValue, type ChartInput, type ChartView, datum, type Json, tooltip } from './chart-input.ts';
import { goalLayers, withGoal } from './goal.ts';
import { labels, textWidth } from './layout.ts';

export const COLUMN_HEIGHT = 320;

/** A label needs about this many pixels of a column's band. */
const LABEL_WIDTH = 42;

const SLANT = 40;
const LONGEST_SLANTED = 290;
/** Pixels of the value axis' labels. */
export const AXIS_WIDTH = 60;

const slanted = (input: ChartInput): boolean =>
  input.result.definition.groupBy !== 'month' &&
  textWidth(labels(input.panel.groups), 500) > (input.width - AXIS_WIDTH) / input.panel.groups.length - 6;

/** How much lower names on a slant reach. */
export const slantHeight = (input: ChartInput): number =>
  slanted(input)
    ? textWidth(labels(input.panel.groups), LONGEST_SLANTED) * Math.sin((SLANT * Math.PI) / 180)
    : 0;

const columnAxis = (input: ChartInput): Json =>
  slanted(input)
    ? { ...groupAxis(input), labelAngle: -SLANT, labelAlign: 'right', labelLimit: LONGEST_SLANTED }
    : { ...groupAxis(input), labelAngle: 0 };

export const hasRoomForLabels = (input: ChartInput, plot = input.width - AXIS_WIDTH): boolean =>
  plot / input.panel.groups.length >= LABEL_WIDTH;

/** The text above (or under) columns. */
export const columnLabels = (input: ChartInput): Json => ({
  type: 'text',
  baseline: { expr: "datum.value < 0 ? 'top' : 'bottom'" },
  dy: { expr: 'datum.value < 0 ? 5 : -5' },
  color: input.theme.text,
  fontSize: 11,
});

export const groupScale = (input: ChartInput): Json => ({
  field: 'group',
  type: 'ordinal',
  sort: null,
  scale: {
    domain: input.panel.groups.map((group) => axisValue(input, group)),
    paddingInner: 0.28,
    paddingOuter: 0.15,
  },
  axis: columnAxis(input),
});

export function column(input: ChartInput): ChartView {
  const { panel, result, themeName, theme } = input;
  const below = slantHeight(input);
  const numbers = withGoal(
    input,
    panel.cells.map((mark) => mark.number),
  );
  const values = panel.cells.map((mark) => ({
    ...datum(input, mark),
    short: shortFigure(mark.number, mark.currency, input.locale),
    color: mark.group ? colourOf(result.definition.groupBy, mark.group, themeName) : theme.muted,
  }));
  const bars = {
    mark: { type: 'bar', cornerRadiusEnd: 3 },
    encoding: { color: { field: 'color', type: 'nominal', scale: null }, tooltip },
  };
  const figures = { mark: columnLabels(input), encoding: { text: { field: 'short', type: 'nominal' } } };
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: valueDomain(Math.min(...numbers), Math.max(...numbers), 0.1), nice: false },
    // As in bars: no clip paths.
    stack: null,
    axis: valueAxis(input, 5),
  };
  const labelled = (result.definition.labels ?? true) && hasRoomForLabels(input);
  return {
    height: (input.height ?? COLUMN_HEIGHT) + below,
    sideways: AXIS_WIDTH,
    below,
    view: {
      data: { values },
      layer: [
        {
          encoding: { x: groupScale(input), y },
          layer: labelled ? [bars, figures] : [bars],
        },
        ...goalLayers(input, 'y', y),
      ],
    },
  };
}
