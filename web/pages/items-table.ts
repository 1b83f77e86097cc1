import { html } from 'hono/html';
import { roundToCents } from '../../src/domain/money.ts';
import type { BillingItemView } from '../../src/usecases/list-billing-items.ts';
import type { Sort, SortColumn } from '../items/read-items.ts';
import type { Html } from './html.ts';
import type { Show } from './show.ts';

interface Column {
  readonly by: SortColumn;
  readonly title: string;
  readonly number?: true;
  readonly cell: (item: BillingItemView, show: Show) => Html | string;
}

const COLUMNS: readonly Column[] = [
  {
    by: 'organization',
    title: 'Organization',
    cell: (item) =>
      html`<a href="/dashboard/items/${encodeURIComponent(item.id)}">${item.organization}</a><span class="sub">${item.contract}</span>`,
  },
  { by: 'service', title: 'Service', cell: (item) => item.service },
  { by: 'module', title: 'Module', cell: (item) => (item.module === null ? '–' : item.moduleName) },
  {
    by: 'billingType',
    title: 'Billing type',
    cell: (item) => (item.billingType === null ? '–' : item.billingTypeLabel),
  },
  {
    by: 'period',
    title: 'Billing period',
    cell: (item, show) => html`<span class="nowrap">${show.period(item.period)}</span>`,
  },
  {
    by: 'itemDate',
    title: 'Item date',
    cell: (item, show) => html`<span class="nowrap">${show.day(item.itemDate)}</span>`,
  },
  { by: 'kind', title: 'Kind', cell: (item) => item.kind },
  { by: 'units', title: 'Units', number: true, cell: (item, show) => show.units(item.units) },
  {
    by: 'unitPrice',
    title: 'Unit price',
    number: true,
    cell: (item, show) => show.money(item.unitPrice, item.currency),
  },
  {
    by: 'amount',
    title: 'Amount',
    number: true,
    cell: (item, show) => show.money(item.amount, item.currency),
  },
  {
    by: 'status',
    title: 'Status',
    cell: (item) => html`<span class="tag ${item.status}">${item.status}</span>`,
  },
];

export interface ItemsTable {
  readonly items: readonly BillingItemView[];
  readonly show: Show;
  readonly sort?: Sort | undefined;
  /** The page's address with this order. */
  readonly sortedBy: (sort: Sort) => string;
  /** False while no module is enabled: nothing by module is shown then. */
  readonly withModules: boolean;
  /** Whether rows can be chosen for approve and post. */
  readonly choose: boolean;
}

export function itemsTable(table: ItemsTable): Html {
  const columns = COLUMNS.filter(({ by }) => table.withModules || by !== 'module');
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="Billing items">
<table class="items-table">
<thead><tr>
${table.choose ? html`<th scope="col"><input type="checkbox" data-choose-page aria-label="Choose all pending items on this page" hidden></th>` : ''}
${columns.map((column) => headerCell(column, table))}
</tr></thead>
<tbody>${table.items.map((item) => row(item, columns, table))}</tbody>
</table></div>`;
}

function headerCell(column: Column, { sort, sortedBy }: ItemsTable): Html {
  const current = sort?.by === column.by ? sort : undefined;
  const next = { by: column.by, descending: current ? !current.descending : column.number === true };
  const arrow = current ? (current.descending ? ' ↓' : ' ↑') : '';
  const direction = current?.descending ? 'descending' : 'ascending';
  return html`<th scope="col" class="${column.number ? 'number' : ''}"${current ? html` aria-sort="${direction}"` : ''}><a href="${sortedBy(next)}">${column.title}${arrow}</a></th>`;
}

function row(item: BillingItemView, columns: readonly Column[], table: ItemsTable): Html {
  return html`<tr>
${table.choose ? html`<td>${chooser(item)}</td>` : ''}
${columns.map(
  (column) =>
    html`<td class="${column.number ? 'number' : ''}${column.by === 'amount' && item.units < 0 ? ' negative' : ''}">${column.cell(item, table.show)}</td>`,
)}
</tr>`;
}

/** `data-cents` lets the page add up what is chosen: whole cents, never floats of money. */
function chooser(item: BillingItemView): Html {
  if (item.status !== 'pending') return '';
  const cents = roundToCents(item.amount).replace('.', '');
  return html`<input type="checkbox" name="ids" value="${item.id}" form="post" data-cents="${cents}" data-currency="${item.currency}" aria-label="Choose ${item.service} of ${item.organization}">`;
}
