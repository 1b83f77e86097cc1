import { dimensions } from './heading.ts';
import { measureLabel } from './measure.ts';
import type { Mark, WidgetResult } from './query.ts';

/** Text that a spreadsheet would run as a formula gets an apostrophe in front; then the usual quoting. */
export function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What the chart shows as CSV: plain figures with their currency in a column of its own, no total row. */
export function toCsv(result: WidgetResult): string {
  const { groupBy, breakDownBy, measure } = result.definition;
  const headers = [
    dimensions[groupBy].title,
    ...(breakDownBy ? [dimensions[breakDownBy].title] : []),
    measureLabel(measure),
    'Currency',
  ];
  const line = (mark: Mark): string[] => [
    textCell(mark.group?.label ?? ''),
    ...(breakDownBy ? [textCell(mark.series?.label ?? '')] : []),
    String(mark.value),
    mark.currency ?? '',
  ];
  const lines = result.panels.flatMap((panel) => panel.cells.map(line));
  return [headers, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}
