import { html } from 'hono/html';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import type { Chip } from '../items/filter-words.ts';
import { filterHeading } from '../items/filter-words.ts';
import type { ItemColumnName } from '../items/item-columns.ts';
import type { PsaElsewhere } from '../items/psa-links.ts';
import type { ItemsPage } from '../items/read-items.ts';
import { may, mayNot, type Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { columnsForm } from './items-columns.ts';
import { type FilterForm, itemsFilter } from './items-filter.ts';
import { type ItemsTable, itemsTable } from './items-table.ts';
import { layout } from './layout.ts';
import { PSA_PATH } from './psa-page.ts';
import type { Show } from './show.ts';

export interface ItemsPageView {
  readonly viewer: Viewer;
  readonly show: Show;
  readonly page: ItemsPage;
  readonly chips: readonly Chip[];
  readonly form: FilterForm;
  readonly table: Pick<ItemsTable, 'sort' | 'sortedBy' | 'columns'>;
  /** The filter as a query, without order and page, and as the API takes it. */
  readonly query: string;
  readonly filter: BillingItemFilter;
  /** Pending items of the filter, over all pages. */
  readonly pending: ItemsPage['totals'];
  /** How many more are pending and cannot be posted yet. */
  readonly notDue: number;
  readonly firstPage?: string | undefined;
  readonly nextPage?: string | undefined;
  readonly locale: string;
  /** Where people approve and post, if not here. */
  readonly psa?: PsaElsewhere | undefined;
  /** The page's own address, to come back to. */
  readonly here: string;
  /** Columns there are to choose from. */
  readonly offered: readonly ItemColumnName[];
  /** Where counts behind these rows wait for a person. */
  readonly held: string;
}

/** The drill-in: the rows behind a mark, and approve and post. */
export function itemsPage(view: ItemsPageView): Html {
  const { viewer, chips, query, page } = view;
  const refused = view.form.problem !== undefined;
  const heading = refused ? 'Billing items' : filterHeading(chips);
  return layout(
    { title: heading, at: '/dashboard/items', viewer, scripts: ['items.js', 'item-panel.js'] },
    html`<header class="page-head">
  <div>
    <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li>Billing items</li></ol></nav>
    <h1>${heading}</h1>
  </div>
  <div class="actions"><a class="button" href="${view.held}">Held counts</a>${refused ? '' : downloads(query)}</div>
</header>
<div class="notice" role="status" data-result hidden></div>
${itemsFilter(view.form, chips)}
${
  refused
    ? unread
    : html`${columnsForm(view)}
${page.items.length > 0 ? rows(view) : nothing(chips)}`
}`,
  );
}

const downloads = (query: string): Html =>
  html`<a class="button" href="/dashboard/items.csv?${query}" download>Download CSV</a><a class="button" href="/dashboard/items.xlsx?${query}" download>XLSX</a>`;

const unread = html`<section class="panel empty">
  <b>No rows are shown</b>
  <p>Part of the filter is not understood. Mend it above, so that no other rows are taken for those you asked for.</p>
</section>`;

const nothing = (chips: readonly Chip[]): Html => html`<section class="panel empty">
  <b>No billing items here</b>
  <p>${chips.length > 0 ? 'Remove a filter above to see more.' : 'They appear after the first sync with a service mapped.'}</p>
</section>`;

function rows(view: ItemsPageView): Html {
  const { page, show, viewer, table } = view;
  const choose = !view.psa && may(viewer, 'approver') && view.pending.length > 0;
  return html`<section class="panel" aria-label="Rows">
  <dl class="sums filters">${page.totals.map(
    (total) => html`<div><dd>${show.money(total.amount, total.currency)}</dd>
    <dt>${show.units(total.count)} ${total.count === 1 ? 'item' : 'items'} · ${show.units(total.units)} units</dt></div>`,
  )}</dl>
  ${itemsTable({ ...table, items: page.items, show, choose, psa: view.psa })}
  ${pager(view)}
  ${view.pending.length === 0 ? '' : view.psa ? elsewhereBar(view, view.psa) : actionBar(view)}
</section>`;
}

const pager = ({ firstPage, nextPage }: ItemsPageView): Html =>
  firstPage || nextPage
    ? html`<nav class="pager" aria-label="Pages">
  <span>${firstPage ? html`<a href="${firstPage}">← First page</a>` : ''}</span>
  <span>${nextPage ? html`<a href="${nextPage}" rel="next">Next page →</a>` : ''}</span>
</nav>`
    : '';

/** Only a person can approve and post there, so that a button here could only fail. */
function elsewhereBar({ pending, show }: ItemsPageView, { name, approveAndPost }: PsaElsewhere): Html {
  const count = pending.reduce((sum, total) => sum + total.count, 0);
  const sums = pending.map((total) => show.money(total.amount, total.currency)).join(' + ');
  const link = approveAndPost
    ? html`<a class="button primary" href="${approveAndPost}" rel="noreferrer" target="_blank">Approve in ${name} ↗</a>`
    : html`<a class="button primary" href="${PSA_PATH}">${name}</a>`;
  return html`<div class="action-bar"><span>${show.units(count)} pending here · ${sums}. A person approves and posts them in ${name} under Contracts › Approve &amp; Post; icb picks the result up with the next sync.</span>
${link}</div>`;
}

function actionBar({ viewer, pending, notDue, show, query, filter, locale }: ItemsPageView): Html {
  if (!may(viewer, 'approver'))
    return html`<div class="action-bar"><span class="muted">${mayNot('approver', viewer.role)}</span>
<button class="primary" disabled>Approve and post</button></div>`;
  const count = pending.reduce((sum, total) => sum + total.count, 0);
  const sums = pending.map((total) => show.money(total.amount, total.currency)).join(' + ');
  return html`<form class="action-bar" id="post" method="post" action="/dashboard/items/approve-and-post" data-locale="${locale}" data-filter="${JSON.stringify({ ...filter, status: 'pending' })}">
  <input type="hidden" name="query" value="${query}">
  <label><input type="checkbox" name="all" value="yes" data-count="${count}" data-sums="${sums}"> All ${show.units(count)} pending here${notDue > 0 ? ` and due (${show.units(notDue)} more not yet)` : ''} · ${sums}</label>
  <button class="primary" data-post>Approve and post</button>
</form>
<dialog aria-labelledby="post-title" data-confirm>
  <div class="stack">
    <h2 id="post-title" data-confirm-title>Approve and post?</h2>
    <p>Posted items never change again. A later correction becomes an item of its own.</p>
    <div class="actions"><button type="button" data-cancel>Cancel</button>
    <button type="button" class="primary" data-go>Approve and post</button></div>
  </div>
</dialog>`;
}
