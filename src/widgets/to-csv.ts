import { type Cell, csvFile } from '../domain/csv.ts';
import { dimensions } from './heading.ts';
import { measureLabel } from './measure.ts';
import type { Mark, WidgetResult } from './query.ts';

/** What the chart shows as CSV: plain figures with their currency in a column of its own, no total row. */
export function toCsv(result: WidgetResult): string {
  const { groupBy, breakDownBy, measure } = result.definition;
  const head = [
    dimensions[groupBy].title,
    ...(breakDownBy ? [dimensions[breakDownBy].title] : []),
    measureLabel(measure),
    'Currency',
  ];
  const row = (mark: Mark): Cell[] => [
    mark.group?.label,
    ...(breakDownBy ? [mark.series?.label] : []),
    mark.value,
    mark.currency,
  ];
  return csvFile(
    head,
    result.panels.flatMap((panel) => panel.cells.map(row)),
  );
}
