import { colourOf } from '../palette.ts';
import { groupAxis } from './axes.ts';
import { bar } from './bar.ts';
import { axisValue, type ChartInput, type ChartView, datum, tooltip } from './chart-input.ts';
import { labels, textWidth } from './layout.ts';

const ROW = 40;
/** As bars, which have an axis there: a panel of several currencies takes its title out of it. */
const CHROME = 44;
const LONGEST_NAME = 290;

/** Bars around the middle, each with its figure. A funnel cannot show what takes away: it becomes bars then. */
export function funnel(input: ChartInput): ChartView {
  const { panel, result, themeName, theme, width } = input;
  if (panel.cells.some((mark) => mark.number < 0)) return bar(input);
  const limit = Math.min(LONGEST_NAME, width * 0.48);
  const widest = Math.max(...panel.cells.map((mark) => mark.number)) || 1;
  const values = panel.cells.map((mark) => ({
    ...datum(input, mark),
    from: -mark.number / 2,
    to: mark.number / 2,
    color: mark.group ? colourOf(result.definition.groupBy, mark.group, themeName) : theme.muted,
  }));
  // Room for the figure under its bar, which may be wider than a thin bar.
  const scale = { domain: [-widest / 2, widest / 2], nice: false };
  return {
    height: Math.max(input.height ?? 0, values.length * ROW + CHROME),
    sideways: textWidth(labels(panel.groups), limit) + 8,
    below: 0,
    view: {
      data: { values },
      encoding: {
        y: {
          field: 'group',
          type: 'ordinal',
          sort: null,
          scale: {
            domain: panel.groups.map((group) => axisValue(input, group)),
            paddingInner: 0.1,
            paddingOuter: 0.1,
          },
          axis: { ...groupAxis(input), labelLimit: limit },
        },
      },
      layer: [
        {
          mark: { type: 'bar', yOffset: -7, height: { band: 0.5 } },
          encoding: {
            x: { field: 'from', type: 'quantitative', scale, axis: null },
            x2: { field: 'to' },
            color: { field: 'color', type: 'nominal', scale: null },
            tooltip,
          },
        },
        {
          mark: {
            type: 'text',
            baseline: 'middle',
            x: { expr: 'width / 2' },
            dy: 11,
            color: theme.text,
            fontSize: 12,
          },
          encoding: { text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  };
}
