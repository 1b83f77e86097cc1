import { html } from 'hono/html';
import { ITEM_COLUMNS } from '../items/item-columns.ts';
import type { Html } from './html.ts';
import type { ItemsPageView } from './items-page.ts';

/** Chooses the columns; kept for this person, on whatever device. */
export const columnsForm = ({
  offered,
  table,
  here,
}: ItemsPageView): Html => html`<details class="panel columns">
<summary>Columns</summary>
<form method="post" action="/dashboard/own/item-columns"><input type="hidden" name="back" value="${here}">
<div class="column-boxes" role="group" aria-label="Columns shown">${offered.map(
  (name) =>
    html`<label class="check"><input type="checkbox" name="column" value="${name}"${table.columns.includes(name) ? html` checked` : ''}> ${ITEM_COLUMNS[name].title}</label>`,
)}</div>
<div class="actions"><button class="primary">Show these</button><button name="usual" value="yes">The usual ones</button></div></form></details>`;
