import { colourOf } from '../palette.ts';
import { groupAxis, valueAxis, valueDomain } from './axes.ts';
import { axisValue, type ChartInput, type ChartView, datum, type Json, tooltip } from './chart-input.ts';
import { goalLayers, withGoal } from './goal.ts';
import { isNarrow, labels, textWidth } from './layout.ts';

const ROW = 30;
const TALL_ROW = 46;
const AXIS_HEIGHT = 44;
const LONGEST_NAME = 290;

const negative = 'datum.value < 0';

/** The exact figure at the end of its bar. */
const figures = (input: ChartInput, x: Json, down: number): Json => ({
  mark: {
    type: 'text',
    baseline: 'middle',
    align: { expr: `${negative} ? 'right' : 'left'` },
    dx: { expr: `${negative} ? -6 : 6` },
    dy: down,
    color: input.theme.text,
    fontSize: 12,
  },
  encoding: { x, text: { field: 'text', type: 'nominal' } },
});

/** The name above its bar, where there is no room beside it. */
const namesAbove = (input: ChartInput): Json => ({
  mark: {
    type: 'text',
    baseline: 'middle',
    align: 'left',
    x: 4,
    dy: -12,
    limit: input.width,
    color: input.theme.text,
    fontSize: 12,
  },
  encoding: { text: { field: 'name', type: 'nominal' } },
});

/** Horizontal bars, each with its exact figure behind it. */
export function bar(input: ChartInput): ChartView {
  const { panel, result, themeName, theme, width } = input;
  const narrow = isNarrow(input);
  const values = panel.cells.map((mark) => ({
    ...datum(input, mark),
    name: mark.group?.label ?? '',
    color: mark.group ? colourOf(result.definition.groupBy, mark.group, themeName) : theme.muted,
  }));
  const limit = Math.min(LONGEST_NAME, width * 0.48);
  const sideways = narrow ? 8 : textWidth(labels(panel.groups), limit) + 8;
  const figureWidth = textWidth(
    values.map((row) => row.text),
    200,
  );
  const numbers = withGoal(
    input,
    panel.cells.map((mark) => mark.number),
  );
  const domain = valueDomain(
    Math.min(...numbers),
    Math.max(...numbers),
    (figureWidth + 14) / (width - sideways),
  );
  const down = narrow ? 7 : 0;
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: { domain, nice: false },
    // Stacked bars would get clip paths, whose ids clash between pictures on one page.
    stack: null,
    axis: valueAxis(input, narrow ? 3 : 4),
  };
  const bars = {
    mark: { type: 'bar', cornerRadiusEnd: 3, ...(narrow && { size: 16, yOffset: down }) },
    encoding: { x, color: { field: 'color', type: 'nominal', scale: null }, tooltip },
  };
  return {
    height: Math.max(input.height ?? 0, AXIS_HEIGHT + values.length * (narrow ? TALL_ROW : ROW)),
    sideways,
    below: 24,
    view: {
      data: { values },
      layer: [
        {
          encoding: {
            y: {
              field: 'group',
              type: 'ordinal',
              sort: null,
              scale: {
                domain: panel.groups.map((group) => axisValue(input, group)),
                paddingInner: 0.32,
                paddingOuter: 0.2,
              },
              axis: narrow ? null : { ...groupAxis(input), labelLimit: limit },
            },
          },
          layer: [
            bars,
            ...((result.definition.labels ?? true) ? [figures(input, x, down)] : []),
            ...(narrow ? [namesAbove(input)] : []),
          ],
        },
        ...goalLayers(input, 'x', x),
      ],
    },
  };
}
