import { shortFigure } from '../format-figure.ts';
import { colourOf } from '../palette.ts';
import { valueAxis, valueDomain } from './axes.ts';
import { seriesColour, seriesData } from './broken-down.ts';
import { type ChartInput, type ChartView, datum, type Json, tooltip } from './chart-input.ts';
import {
  AXIS_WIDTH,
  COLUMN_HEIGHT,
  columnLabels,
  groupScale,
  hasRoomForLabels,
  slantHeight,
} from './column.ts';
import { goalLayers, withGoal } from './goal.ts';
import { legendOf } from './layout.ts';

const accent = (input: ChartInput): string =>
  colourOf('service', { kind: 'value', key: '', label: '' }, input.themeName);

interface Drawing {
  readonly values: readonly Json[];
  readonly ends: readonly number[];
  readonly colour: Json;
  readonly beside: number;
  readonly below: number;
  readonly least: number;
}

function plain(input: ChartInput): Drawing {
  const { cells } = input.panel;
  const values = cells.map((mark) => ({
    ...datum(input, mark),
    short: shortFigure(mark.number, mark.currency, input.locale),
  }));
  const colour = { value: accent(input) };
  return { values, ends: cells.map((mark) => mark.number), colour, beside: 0, below: 0, least: 0 };
}

function brokenDown(input: ChartInput): Drawing {
  const key = legendOf(input, input.panel.series, input.panel.groups.length);
  return {
    ...key,
    values: holesAreZero(input) ? filled(input) : seriesData(input),
    ends: input.panel.cells.map((mark) => mark.number),
    colour: seriesColour(input, key.legend),
  };
}

/** Points are always drawn: a month between two unknown ones would otherwise be invisible. */
function drawn(input: ChartInput, drawing: Drawing, marks: readonly Json[], stack: boolean): ChartView {
  const { panel, result } = input;
  const ends = withGoal(input, drawing.ends.length > 0 ? drawing.ends : [0]);
  const below = drawing.below + slantHeight(input);
  const x = groupScale(input);
  const y = {
    field: 'value',
    type: 'quantitative',
    stack: stack ? 'zero' : null,
    scale: { domain: valueDomain(Math.min(...ends), Math.max(...ends), 0.1), nice: false },
    axis: valueAxis(input, 5),
  };
  const encoding = {
    x,
    y,
    color: drawing.colour,
    tooltip,
    ...(panel.series.length > 0 && { order: { field: 'order', type: 'quantitative' } }),
  };
  const labelled = panel.series.length === 0 && (result.definition.labels ?? true) && hasRoomForLabels(input);
  return {
    height: Math.max(input.height ?? COLUMN_HEIGHT, drawing.least) + below,
    sideways: AXIS_WIDTH + drawing.beside,
    below,
    view: {
      data: { values: drawing.values },
      layer: [
        // Lines go through points in the order of the data, which is the order of the axis.
        ...marks.map((mark) => ({
          mark,
          encoding: mark.type === 'line' ? { ...encoding, order: { value: 1 } } : encoding,
        })),
        ...(labelled
          ? [{ mark: columnLabels(input), encoding: { x, y, text: { field: 'short', type: 'nominal' } } }]
          : []),
        ...goalLayers(input, 'y', y),
      ],
    },
  };
}

const point = { type: 'point', filled: true, size: 42, opacity: 1 };

export function line(input: ChartInput): ChartView {
  const drawing = input.panel.series.length > 0 ? brokenDown(input) : plain(input);
  return drawn(input, drawing, [{ type: 'line', strokeWidth: 2 }, point], false);
}

/** Areas lie on one another; with a figure below zero they would cover each other, so lines are drawn instead. */
export function area(input: ChartInput): ChartView {
  const { cells, series } = input.panel;
  if (cells.some((mark) => mark.number < 0)) return line(input);
  if (series.length === 0)
    return drawn(input, plain(input), [{ type: 'area', line: true, opacity: 0.35 }, point], false);
  const drawing = brokenDown(input);
  const tops = [...Map.groupBy(cells, (mark) => mark.group).values()].map((marks) =>
    marks.reduce((sum, mark) => sum + mark.number, 0),
  );
  return drawn(
    input,
    { ...drawing, values: filled(input), ends: tops },
    [{ type: 'area', opacity: 0.85 }],
    true,
  );
}

/** Nothing billed is zero of what is added up; it has no average, and a month without known costs is no zero either. */
function holesAreZero({ result }: ChartInput): boolean {
  const { aggregate } = result.definition.measure;
  return (aggregate === 'sum' || aggregate === 'count') && result.withoutCost === 0;
}

/** A series without items in a month is zero there; a hole would tilt what is drawn across it. In the axis' order. */
function filled(input: ChartInput): Json[] {
  const { groups, series, total } = input.panel;
  const known = new Map(seriesData(input).map((row) => [JSON.stringify([row.group, row.series]), row]));
  return groups.flatMap((group) =>
    series.map((heading, order) => {
      const none = {
        ...datum(input, { ...total, group, series: heading, value: 0, number: 0 }),
        mark: null,
        text: '',
        label: '',
        order,
      };
      return known.get(JSON.stringify([(none as Json).group, (none as Json).series])) ?? none;
    }),
  );
}
