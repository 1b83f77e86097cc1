import { markText } from '../mark-links.ts';
import { colourOf } from '../palette.ts';
import { bar } from './bar.ts';
import { type ChartInput, type ChartView, type Converter, datum, nameOf, tooltip } from './chart-input.ts';
import { COLUMN_HEIGHT } from './column.ts';
import { legendOf } from './layout.ts';

/** A slice thinner than this has no room for its share. */
const SMALLEST_LABELLED = 0.05;

/** The whole, in the hole of a doughnut. */
const middle = (input: ChartInput) => ({
  data: { values: [{ whole: markText(input.panel.total, input.locale) }] },
  mark: { type: 'text', fontSize: 15, fontWeight: 'bold', color: input.theme.text },
  encoding: { text: { field: 'whole', type: 'nominal' } },
});

export const pie: Converter = (input) => pieView(input, 0);
export const doughnut: Converter = (input) => pieView(input, 0.58);

/** Slices with their share inside. A pie cannot show what takes away: with a negative figure it becomes bars. */
function pieView(input: ChartInput, hole: number): ChartView {
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
      share:
        (input.result.definition.labels ?? true) && share >= SMALLEST_LABELLED ? percent.format(share) : '',
    };
  });
  const key = legendOf(input, panel.groups);
  const height = Math.max(input.height ?? COLUMN_HEIGHT, key.least);
  const radius = Math.max(60, Math.min(input.height ?? COLUMN_HEIGHT, input.width - key.beside) / 2 - 20);
  const turn = {
    theta: { field: 'value', type: 'quantitative', stack: true },
    order: { field: 'order', type: 'quantitative' },
  };
  return {
    height: height + key.below,
    sideways: key.beside,
    below: key.below,
    view: {
      data: { values },
      layer: [
        {
          mark: {
            type: 'arc',
            outerRadius: radius,
            innerRadius: radius * hole,
            stroke: theme.surface,
            strokeWidth: 1.5,
          },
          encoding: {
            ...turn,
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
            radius: radius * (hole > 0 ? 0.79 : 0.72),
            color: theme.surface,
            fontSize: 12,
            fontWeight: 'bold',
          },
          encoding: { ...turn, text: { field: 'share', type: 'nominal' } },
        },
        ...(hole > 0 ? [middle(input)] : []),
      ],
    },
  };
}
