import { html } from 'hono/html';
import { markLinks } from '../../src/widgets/mark-links.ts';
import type { WidgetResult } from '../../src/widgets/query.ts';
import { tableRows } from '../../src/widgets/table-rows.ts';
import { ITEMS_PATH } from '../widgets/widget-pictures.ts';
import type { Html } from './html.ts';

/** Everything a widget shows as a real table, each figure a link to the rows behind it. */
export function dataTable(result: WidgetResult, locale: string): Html {
  const { headers, rows } = tableRows(result, locale);
  const links = markLinks(result, ITEMS_PATH, locale);
  const last = headers.length - 1;
  const cells = (row: (typeof rows)[number]): Html[] =>
    row.cells.map((text, at) => {
      if (at === last) {
        const link = links[row.mark.index];
        return html`<td class="number">${link?.href ? html`<a href="${link.href}" aria-label="${link.label}">${text}</a>` : text}</td>`;
      }
      return at === 0 ? html`<th scope="row">${text}</th>` : html`<td>${text}</td>`;
    });
  const line = (row: (typeof rows)[number]): Html => html`<tr>${cells(row)}</tr>`;
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="${result.definition.title}, data"><table>
<thead><tr>${headers.map((title, at) => html`<th scope="col" class="${at === last ? 'number' : ''}">${title}</th>`)}</tr></thead>
<tbody>${rows.filter((row) => !row.total).map(line)}</tbody>
<tfoot>${rows.filter((row) => row.total).map(line)}</tfoot>
</table></div>`;
}
