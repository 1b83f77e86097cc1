import { shortFigure } from '../format-figure.ts';
import { colourOf } from '../palette.ts';
import type { Mark } from '../query.ts';
import { valueAxis, valueDomain } from './axes.ts';
import { axisValue, type ChartInput, type ChartView, datum, nameOf, tooltip } from './chart-input.ts';
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

/** How high and how low a group's stack reaches: what adds and what takes away grow apart from zero. */
function reach(cells: readonly Mark[]): { top: number; bottom: number } {
  let top = 0;
  let bottom = 0;
  for (const { number } of cells) {
    if (number > 0) top += number;
    else bottom += number;
  }
  return { top, bottom };
}

export function stackedColumn(input: ChartInput): ChartView {
  const { panel, result, themeName } = input;
  const { breakDownBy = 'module' } = result.definition;
  const key = legendOf(input, panel.series, panel.groups.length);
  const below = key.below + slantHeight(input);
  const sideways = AXIS_WIDTH + key.beside;
  const cellsOf = Map.groupBy(panel.cells, (mark) => mark.group);
  const reaches = panel.groupTotals.map((total) => reach(cellsOf.get(total.group) ?? []));
  const position = new Map(panel.series.map((heading, i) => [heading, i]));
  const values = panel.cells.map((mark) => ({
    ...datum(input, mark),
    order: mark.series ? position.get(mark.series) : 0,
  }));
  const totals = panel.groupTotals.map((mark, i) => ({
    mark: mark.index,
    key: mark.group?.key ?? null,
    group: mark.group ? axisValue(input, mark.group) : '',
    value: reaches[i]?.top ?? 0,
    short: mark.number === 0 ? '' : shortFigure(mark.number, mark.currency, input.locale),
  }));
  const x = groupScale(input);
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: {
      domain: valueDomain(
        Math.min(...reaches.map((one) => one.bottom)),
        Math.max(
          ...withGoal(
            input,
            reaches.map((one) => one.top),
          ),
        ),
        0.1,
      ),
      nice: false,
    },
    axis: valueAxis(input, 5),
  };
  const bars = {
    data: { values },
    mark: { type: 'bar', stroke: input.theme.surface, strokeWidth: 0.75 },
    encoding: {
      x,
      y: { ...y, stack: 'zero' },
      color: {
        field: 'series',
        type: 'nominal',
        sort: null,
        scale: {
          domain: panel.series.map(nameOf),
          range: panel.series.map((heading, i) => colourOf(breakDownBy, heading, themeName, i)),
        },
        legend: key.legend,
      },
      order: { field: 'order', type: 'quantitative' },
      tooltip,
    },
  };
  const labels = {
    data: { values: totals },
    mark: columnLabels(input),
    encoding: { x, y, text: { field: 'short', type: 'nominal' } },
  };
  return {
    height: Math.max(input.height ?? COLUMN_HEIGHT, key.least) + below,
    sideways,
    below,
    view: {
      layer: [
        bars,
        ...((result.definition.labels ?? true) && hasRoomForLabels(input, input.width - sideways)
          ? [labels]
          : []),
        ...goalLayers(input, 'y', y),
      ],
    },
  };
}
