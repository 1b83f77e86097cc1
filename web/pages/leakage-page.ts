import { html } from 'hono/html';
import { LEAKAGE_REASON_NAMES, LEAKAGE_REASONS, type LeakageReason } from '../../src/domain/leakage.ts';
import type { LeakageTotals } from '../../src/usecases/leakage-totals.ts';
import type { LeakageView } from '../../src/usecases/list-leakage.ts';
import { encodeLeakageDrill } from '../../src/widgets/leakage-drill.ts';
import { LEAKAGE_PATH, type LeakageQuery, leakageHref } from '../leakage/leakage-query.ts';
import type { Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { amountsText, leakageBars } from './leakage-bars.ts';
import { leakageTable } from './leakage-table.ts';
import type { Show } from './show.ts';

export interface LeakagePageView {
  readonly viewer: Viewer;
  readonly show: Show;
  /** Those enabled. */
  readonly modules: readonly { readonly id: string; readonly name: string }[];
  readonly query: LeakageQuery;
  /** What a widget's mark narrows it to besides, in words. */
  readonly drill: string;
  readonly rows: readonly LeakageView[];
  /** Over all pages. */
  readonly totals: LeakageTotals;
  readonly counted: boolean;
  readonly cursor?: string | undefined;
  readonly nextCursor?: string | undefined;
}

/** What is counted and bills nowhere: how much, why, since when, and every row of it. */
export function leakagePage(view: LeakagePageView): Html {
  const { viewer, query, rows, totals, show } = view;
  return layout(
    { title: 'Leakage', at: LEAKAGE_PATH, viewer, scripts: ['items.js'] },
    html`<header class="page-head">
  <div>
    <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li>Leakage</li></ol></nav>
    <h1>Leakage</h1><p>Usage that is counted but bills nowhere, from the last counts stored.</p>
  </div>
  ${rows.length > 0 ? html`<div class="actions"><a class="button" href="${leakageHref(query.filter, { csv: true })}" download>Download CSV</a></div>` : ''}
</header>
${filterForm(view)}
${rows.length > 0 ? html`${figures(totals, show)}${breakdown(view)}${table(view)}` : nothing(view)}`,
  );
}

function nothing({ query, counted }: LeakagePageView): Html {
  const [title, text] = !counted
    ? ['Nothing has been counted yet', 'Enable a module and sync; then this page shows what bills nowhere.']
    : Object.keys(query.filter).length > 0
      ? ['Nothing leaks here', 'No usage that bills nowhere matches this filter.']
      : ['Everything that is counted is billed', 'No usage of an enabled module is left out.'];
  return html`<section class="panel empty"><b>${title}</b><p>${text}</p></section>`;
}

function figures(totals: LeakageTotals, show: Show): Html {
  const unpriced = totals.unpricedUnits;
  const note =
    unpriced > 0
      ? `${show.units(unpriced)} ${unpriced === 1 ? 'unit has' : 'units have'} no known price`
      : 'at contract or typical price';
  return html`<dl class="figures panel">
<div><dt>A month</dt><dd>${amountsText(totals, show) || '–'}<small>${note}</small></dd></div>
<div><dt>Units</dt><dd>${show.units(totals.units)}<small>in ${show.units(totals.rows)} ${totals.rows === 1 ? 'row' : 'rows'}</small></dd></div>
${totals.byAge.map(
  (age) =>
    html`<div><dt>For ${age.label}</dt><dd>${show.units(age.units)}<small>${amountsText(age, show) || 'no known price'}</small></dd></div>`,
)}</dl>`;
}

const breakdown = ({ totals, show, query: { filter } }: LeakagePageView): Html => html`<div class="widgets">
<section class="panel widget" aria-labelledby="by-reason"><header><h2 id="by-reason">By reason</h2></header>
<div class="widget-body">${leakageBars(totals.byReason, show, (key) => leakageHref({ ...filter, reason: key as LeakageReason }))}</div></section>
<section class="panel widget" aria-labelledby="by-module"><header><h2 id="by-module">By module</h2></header>
<div class="widget-body">${leakageBars(totals.byModule, show, (module) => leakageHref({ ...filter, module }))}</div></section>
</div>`;

const table = ({ rows, show, query: { filter }, cursor, nextCursor }: LeakagePageView): Html =>
  html`<section class="panel" aria-label="Rows">${leakageTable(rows, show)}
${
  cursor || nextCursor
    ? html`<nav class="pager" aria-label="Pages"><span>${cursor ? html`<a href="${leakageHref(filter)}">← First page</a>` : ''}</span>
<span>${nextCursor ? html`<a href="${leakageHref(filter, { cursor: nextCursor })}" rel="next">Next page →</a>` : ''}</span></nav>`
    : ''
}</section>`;

const option = (value: string, text: string, current: string | undefined): Html =>
  html`<option value="${value}"${value === (current ?? '') ? html` selected` : ''}>${text}</option>`;

const filterForm = ({
  modules,
  query: { filter, organizationName, problem },
  drill,
}: LeakagePageView): Html => html`<section class="panel filters" aria-label="Filter">
${problem ? html`<p class="notice warn" role="alert">${problem}</p>` : ''}
<form method="get" action="${LEAKAGE_PATH}">
  ${[...encodeLeakageDrill(filter.drill ?? {})].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
  <label class="field"><span>Module</span><select name="module">${option('', 'All modules', filter.module)}${modules.map(({ id, name }) => option(id, name, filter.module))}</select></label>
  <label class="field"><span>Reason</span><select name="reason">${option('', 'Every reason', filter.reason)}${LEAKAGE_REASONS.map((code) => option(code, LEAKAGE_REASON_NAMES[code], filter.reason))}</select></label>
  <label class="field"><span>Organization</span>
    <input type="search" name="organization" value="${organizationName}" placeholder="Any" list="organizations" autocomplete="off" data-organizations></label>
  <datalist id="organizations"></datalist>
  <button>Filter</button>
</form>
${drill ? html`<ul class="chips" aria-label="Filters in force"><li><a href="${leakageHref({ ...filter, drill: undefined })}" aria-label="Remove filter ${drill}">${drill} <span aria-hidden="true">×</span></a></li></ul>` : ''}
</section>`;
