import { html } from 'hono/html';
import { roundToCents } from '../../src/domain/money.ts';
import type { BillingItemView } from '../../src/usecases/list-billing-items.ts';
import { ITEM_COLUMNS, type ItemColumn, type ItemColumnName } from '../items/item-columns.ts';
import type { PsaElsewhere } from '../items/psa-links.ts';
import type { Sort } from '../items/read-items.ts';
import type { Html } from './html.ts';
import type { Show } from './show.ts';

const isNumber = ({ kind }: ItemColumn): boolean => kind === 'count' || kind === 'money';
const nowrap = (text: string): Html => html`<span class="nowrap">${text}</span>`;

/** What a column's own kind does not say. */
const SPECIAL: { readonly [K in ItemColumnName]?: (item: BillingItemView, show: Show) => Html } = {
  period: (item, show) => nowrap(show.period(item.period)),
  status: (item) => html`<span class="tag ${item.status}">${item.status}</span>`,
  corrects: (item) =>
    item.corrects
      ? html`<a href="/dashboard/items/${encodeURIComponent(item.corrects)}">${item.corrects}</a>`
      : '',
};

function cellOf(name: ItemColumnName, item: BillingItemView, show: Show): Html | string {
  const special = SPECIAL[name];
  if (special) return special(item, show);
  const { of, kind }: ItemColumn = ITEM_COLUMNS[name];
  const value = of(item);
  if (value === undefined || value === '') return '–';
  switch (kind) {
    case 'count':
      return show.units(Number(value));
    case 'money':
      return show.money(String(value), item.currency);
    case 'day':
      return nowrap(show.day(String(value)));
    case 'instant':
      return nowrap(show.instant(String(value)));
    default:
      return String(value);
  }
}

export interface ItemsTable {
  readonly items: readonly BillingItemView[];
  readonly show: Show;
  readonly sort?: Sort | undefined;
  /** The page's address with this order. */
  readonly sortedBy: (sort: Sort) => string;
  /** Which, in their order. */
  readonly columns: readonly ItemColumnName[];
  /** Whether rows can be chosen for approve and post. */
  readonly choose: boolean;
  /** Where the PSA is not icb's own: rows open there too. */
  readonly psa?: PsaElsewhere | undefined;
}

export function itemsTable(table: ItemsTable): Html {
  const { columns } = table;
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="Billing items">
<table class="items-table">
<thead><tr>
${table.choose ? html`<th scope="col" class="pick-cell"><span class="visually-hidden">Choose</span><input type="checkbox" data-choose-page aria-label="Choose all pending items on this page" hidden></th>` : ''}
${columns.map((column) => headerCell(column, table))}
</tr></thead>
<tbody>${table.items.map((item) => row(item, table))}</tbody>
</table></div>`;
}

function headerCell(name: ItemColumnName, { sort, sortedBy }: ItemsTable): Html {
  const column: ItemColumn = ITEM_COLUMNS[name];
  const current = sort?.by === name ? sort : undefined;
  const next = { by: name, descending: current ? !current.descending : isNumber(column) };
  const arrow = current ? (current.descending ? ' ↓' : ' ↑') : '';
  const direction = current?.descending ? 'descending' : 'ascending';
  return html`<th scope="col" class="${isNumber(column) ? 'number' : ''}"${current ? html` aria-sort="${direction}"` : ''}><a href="${sortedBy(next)}">${column.title}${arrow}</a></th>`;
}

function row(item: BillingItemView, table: ItemsTable): Html {
  return html`<tr>
${table.choose ? html`<td class="pick-cell">${chooser(item)}</td>` : ''}
${table.columns.map((name, place) => {
  const classes = `${isNumber(ITEM_COLUMNS[name]) ? 'number' : ''}${name === 'amount' && item.units < 0 ? ' negative' : ''}`;
  const content = cellOf(name, item, table.show);
  return html`<td class="${classes}">${place === 0 ? linked(name, item, content, table) : content}</td>`;
})}
</tr>`;
}

/** The first cell of a row leads to its explanation. */
function linked(
  name: ItemColumnName,
  item: BillingItemView,
  content: Html | string,
  { columns, psa }: ItemsTable,
): Html {
  const contract = name === 'organization' && !columns.includes('contract');
  return html`<a href="/dashboard/items/${encodeURIComponent(item.id)}">${name === 'corrects' ? 'Open' : content}</a>${contract ? html`<span class="sub">${item.contract}</span>` : ''}${inPsa(item, psa)}`;
}

function inPsa({ contractId, contract, organization }: BillingItemView, psa: PsaElsewhere | undefined): Html {
  const href = psa?.contracts.get(contractId);
  return psa && href
    ? html`<span class="sub"><a href="${href}" rel="noreferrer" target="_blank" aria-label="Open ${contract} of ${organization} in ${psa.name}">Open in ${psa.name} ↗</a></span>`
    : '';
}

/** `data-cents` lets the page add up what is chosen: whole cents, never floats of money. */
function chooser(item: BillingItemView): Html {
  if (item.status !== 'pending') return '';
  const cents = roundToCents(item.amount).replace('.', '');
  return html`<input type="checkbox" name="ids" value="${item.id}" form="post" data-cents="${cents}" data-currency="${item.currency}" aria-label="Choose ${item.service} of ${item.organization}">`;
}
