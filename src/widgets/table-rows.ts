import { dimensions } from './heading.ts';
import { markText } from './mark-links.ts';
import { measureLabel, overallLabel } from './measure.ts';
import type { Mark, WidgetResult } from './query.ts';

export interface TableRow {
  /** Group, then series where broken down, then the figure as people read it. */
  readonly cells: readonly string[];
  /** For the drill-in link of the row. */
  readonly mark: Mark;
  readonly total: boolean;
}

export interface WidgetTable {
  readonly headers: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Everything the chart shows, as a table: for screen readers, for the table widget and for CSV. */
export function tableRows(result: WidgetResult, locale?: string): WidgetTable {
  const { definition, panels } = result;
  const { groupBy, breakDownBy, measure } = definition;
  const manyCurrencies = panels.length > 1;
  const row = (mark: Mark, names: readonly string[], total: boolean): TableRow => ({
    cells: [...names, ...(manyCurrencies ? [mark.currency ?? ''] : []), markText(mark, locale)],
    mark,
    total,
  });
  return {
    headers: [
      dimensions[groupBy].title,
      ...(breakDownBy ? [dimensions[breakDownBy].title] : []),
      ...(manyCurrencies ? ['Currency'] : []),
      measureLabel(measure),
    ],
    rows: panels.flatMap((panel) => [
      ...panel.cells.map((mark) =>
        row(mark, [mark.group?.label ?? '', ...(breakDownBy ? [mark.series?.label ?? ''] : [])], false),
      ),
      row(panel.total, [overallLabel(measure), ...(breakDownBy ? [''] : [])], true),
    ]),
  };
}
