import { dimensions } from '../heading.ts';
import { measureLabel, overallLabel } from '../measure.ts';
import { colourOf } from '../palette.ts';
import type { Mark } from '../query.ts';
import { type ChartInput, type ChartView, datum, type Json } from './chart-input.ts';
import { textWidth } from './layout.ts';

const ROW = 28;
const MOST_ROWS = 40;

type Line = Json & { readonly row: number };

const text = (field: string, x: number, align: string, extra: Json, limit: number): Json => ({
  mark: { type: 'text', baseline: 'middle', fontSize: 12, align, x, limit, ...extra },
  encoding: { text: { field, type: 'nominal' } },
});

const GAP = 12;
/** Where names begin, behind their colour. */
const INDENT = 18;
/** The heading and the total are bold. */
const BOLD = 1.1;

/** Figures get what they need, since half a figure is a wrong one; names share what is left by their lengths. */
function shares(width: number, lines: readonly Json[], isBrokenDown: boolean) {
  const widest = (field: string): number =>
    textWidth(
      lines.map((line) => String(line[field])),
      width,
    ) * BOLD;
  const figures = Math.min(width * 0.6, Math.max(width * (isBrokenDown ? 0.17 : 0.28), widest('text') + 4));
  const room = width - 4 - figures;
  const names = INDENT + widest('name') + GAP;
  const series = isBrokenDown ? widest('series') + GAP : 0;
  const second =
    names + series <= room
      ? Math.min(Math.max(names, width * 0.44), room - series)
      : (room * names) / (names + series);
  return { figures, room, second: Math.round(second) };
}

/**
 * A table drawn as marks, so that the spec and the picture for Slack exist; a page shows a real table instead.
 * Long tables end with how many rows are left out.
 */
export function table(input: ChartInput): ChartView {
  const { panel, result, theme, themeName, width } = input;
  const { groupBy, breakDownBy, measure } = result.definition;
  const shown = panel.cells.slice(0, MOST_ROWS);
  const left = panel.cells.length - shown.length;
  const color = (mark: Mark): string =>
    breakDownBy && mark.series
      ? colourOf(breakDownBy, mark.series, themeName)
      : mark.group
        ? colourOf(groupBy, mark.group, themeName)
        : theme.muted;
  const head = {
    row: 0,
    name: dimensions[groupBy].title,
    series: breakDownBy ? dimensions[breakDownBy].title : '',
    text: measureLabel(measure),
  };
  const body: Line[] = shown.map((mark, i) => ({
    ...datum(input, mark),
    name: mark.group?.label ?? '',
    series: mark.series?.label ?? '',
    row: i + 1,
    color: color(mark),
  }));
  const more: Line[] =
    left > 0 ? [{ row: shown.length + 1, name: `and ${left} more`, series: '', text: '' }] : [];
  const foot: Line = {
    ...datum(input, panel.total),
    name: overallLabel(input.result.definition.measure),
    series: '',
    row: shown.length + more.length + 1,
  };

  const rows = foot.row + 1;
  const right = width - 4;
  const lines = [head, ...body, ...more, foot];
  const { figures, second, room } = shares(width, lines, breakDownBy !== undefined);
  const columns = (extra: Json, indent: number): Json[] => [
    text('name', indent, 'left', extra, (breakDownBy ? second : room) - indent - GAP),
    ...(breakDownBy ? [text('series', second, 'left', extra, room - second - GAP)] : []),
    text('text', right, 'right', extra, figures),
  ];
  const y = {
    field: 'row',
    type: 'quantitative',
    scale: { domain: [-0.5, rows - 0.5], reverse: true, nice: false, zero: false },
    axis: null,
  };
  return {
    height: rows * ROW + 8,
    sideways: 0,
    below: 0,
    view: {
      encoding: { y },
      layer: [
        {
          data: { values: Array.from({ length: rows - 1 }, (_, i) => ({ row: i + 0.5 })) },
          mark: { type: 'rule', color: theme.grid, x: 0, x2: width },
        },
        { data: { values: [head] }, layer: columns({ color: theme.muted, fontWeight: 'bold' }, 0) },
        {
          data: { values: body },
          layer: [
            {
              mark: { type: 'square', size: 70, opacity: 1, x: 6 },
              encoding: { color: { field: 'color', type: 'nominal', scale: null } },
            },
            ...columns({ color: theme.text }, 18),
          ],
        },
        ...(more.length > 0 ? [{ data: { values: more }, layer: columns({ color: theme.muted }, 18) }] : []),
        { data: { values: [foot] }, layer: columns({ color: theme.text, fontWeight: 'bold' }, 0) },
      ],
    },
  };
}
