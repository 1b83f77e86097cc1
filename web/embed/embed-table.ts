import { html } from 'hono/html';
import { dimensions } from '../../src/widgets/heading.ts';
import { markText } from '../../src/widgets/mark-links.ts';
import type { Mark, Panel, WidgetResult } from '../../src/widgets/query.ts';
import { tableRows } from '../../src/widgets/table-rows.ts';
import type { Html } from '../pages/html.ts';

/** Wider ones are easier to read as a list. */
const MOST_COLUMNS = 12;

/** Everything a widget shows as real tables: for screen readers, and for whoever wants the figures. */
export function embedTable(result: WidgetResult, locale: string): Html {
  const { breakDownBy, title } = result.definition;
  const crossed = breakDownBy && result.panels.every((panel) => panel.series.length <= MOST_COLUMNS);
  const tables = crossed
    ? result.panels.map((panel) => crossTable(result, panel, locale))
    : [listTable(result, locale)];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}, data">${tables}</div>`;
}

function listTable(result: WidgetResult, locale: string): Html {
  const { headers, rows } = tableRows(result, locale);
  const line = (row: (typeof rows)[number]): Html =>
    html`<tr>${row.cells.map((text, at) => (at === 0 ? html`<th scope="row">${text}</th>` : html`<td>${text}</td>`))}</tr>`;
  return html`<table><thead><tr>${headers.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.filter((row) => !row.total).map(line)}</tbody><tfoot>${rows.filter((row) => row.total).map(line)}</tfoot></table>`;
}

/** A row a group and a column a series, sums at the edge; what has no items has an empty cell, which is not zero. */
function crossTable({ definition }: WidgetResult, panel: Panel, locale: string): Html {
  const at = new Map(panel.cells.map((mark) => [mark.group, new Map<Mark['series'], Mark>()]));
  for (const mark of panel.cells) at.get(mark.group)?.set(mark.series, mark);
  const text = (mark: Mark | undefined): string => (mark ? markText(mark, locale) : '');
  const row = (total: Mark): Html =>
    html`<tr><th scope="row">${total.group?.label ?? ''}</th>${panel.series.map((series) => html`<td>${text(at.get(total.group)?.get(series))}</td>`)}<td>${text(total)}</td></tr>`;
  return html`<table class="cross">${panel.currency ? html`<caption>${panel.currency}</caption>` : ''}<thead><tr><th scope="col">${dimensions[definition.groupBy].title}</th>${panel.series.map((series) => html`<th scope="col">${series.label}</th>`)}<th scope="col">Total</th></tr></thead>
<tbody>${panel.groupTotals.map(row)}</tbody><tfoot><tr><th scope="row">Total</th>${panel.series.map(() => html`<td></td>`)}<td>${text(panel.total)}</td></tr></tfoot></table>`;
}
