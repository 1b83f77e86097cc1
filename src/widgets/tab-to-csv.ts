import { type Columns, csvOf } from '../domain/csv.ts';
import { measureLabel } from './measure.ts';
import type { Mark, WidgetResult } from './query.ts';

interface Figure {
  readonly definition: WidgetResult['definition'];
  readonly mark: Mark;
}

const COLUMNS: Columns<Figure> = {
  Widget: ({ definition }) => definition.title,
  Group: ({ mark }) => mark.group?.label,
  'Broken down by': ({ mark }) => mark.series?.label,
  Measure: ({ definition }) => measureLabel(definition.measure),
  Figure: ({ mark }) => mark.value,
  Currency: ({ mark }) => mark.currency,
};

/** The widgets of a tab in one CSV: a column says which widget a figure is of. */
export const tabToCsv = (results: readonly WidgetResult[]): string =>
  csvOf(
    COLUMNS,
    results.flatMap(({ definition, panels }) =>
      panels.flatMap((panel) => panel.cells.map((mark) => ({ definition, mark }))),
    ),
  );
