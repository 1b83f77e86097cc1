import { measureLabel } from './measure.ts';
import type { WidgetResult } from './query.ts';
import { textCell } from './to-csv.ts';

/** The widgets of a tab in one CSV: a column says which widget a figure is of. */
export function tabToCsv(results: readonly WidgetResult[]): string {
  const lines = results.flatMap((result) =>
    result.panels.flatMap((panel) =>
      panel.cells.map((mark) => [
        textCell(result.definition.title),
        textCell(mark.group?.label ?? ''),
        textCell(mark.series?.label ?? ''),
        measureLabel(result.definition.measure),
        String(mark.value),
        mark.currency ?? '',
      ]),
    ),
  );
  const header = ['Widget', 'Group', 'Broken down by', 'Measure', 'Figure', 'Currency'];
  return [header, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}
