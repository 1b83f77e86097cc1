import { colourOf } from '../palette.ts';
import { bar } from './bar.ts';
import { type ChartInput, type ChartView, datum, nameOf, tooltip } from './chart-input.ts';
import { COLUMN_HEIGHT } from './column.ts';
import { legendOf } from './layout.ts';

/** A slice thinner than this has no room for its share. */
const SMALLEST_LABELLED = 0.05;

/** Slices with their share inside. A pie cannot show what takes away: with a negative figure it becomes bars. */
export function pie(input: ChartInput): ChartView {
  const { panel, result, themeName, theme } = input;
  const total = panel.cells.reduce((sum, mark) => sum + mark.number, 0);
  if (total <= 0 || panel.cells.some((mark) => mark.number < 0)) return bar(input);

  const percent = new Intl.NumberFormat(input.locale, { style: 'percent' });
  const values = panel.cells.map((mark, order) => {
    const share = mark.number / total;
    return {
      ...datum(input, mark),
      name: mark.group ? nameOf(mark.group) : '',
      order,
      share: share >= SMALLEST_LABELLED ? percent.format(share) : '',
    };
  });
  const key = legendOf(input, panel.groups);
  const height = Math.max(input.height ?? COLUMN_HEIGHT, key.least);
  const radius = Math.max(60, Math.min(input.height ?? COLUMN_HEIGHT, input.width - key.beside) / 2 - 20);
  return {
    height: height + key.below,
    sideways: key.beside,
    below: key.below,
    view: {
      data: { values },
      encoding: {
        theta: { field: 'value', type: 'quantitative', stack: true },
        order: { field: 'order', type: 'quantitative' },
      },
      layer: [
        {
          mark: { type: 'arc', outerRadius: radius, stroke: theme.surface, strokeWidth: 1.5 },
          encoding: {
            color: {
              field: 'name',
              type: 'nominal',
              sort: null,
              scale: {
                domain: panel.groups.map(nameOf),
                range: panel.groups.map((group, i) =>
                  colourOf(result.definition.groupBy, group, themeName, i),
                ),
              },
              legend: key.legend,
            },
            tooltip,
          },
        },
        {
          mark: {
            type: 'text',
            radius: radius * 0.72,
            color: theme.surface,
            fontSize: 12,
            fontWeight: 'bold',
          },
          encoding: { text: { field: 'share', type: 'nominal' } },
        },
      ],
    },
  };
}
