import { html } from 'hono/html';
import type { Explanation } from '../../src/usecases/explain-item.ts';
import type { Names } from '../../src/usecases/names.ts';
import type { Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { Show } from './show.ts';

interface ItemPageView {
  readonly viewer: Viewer;
  readonly explanation: Explanation;
  readonly names: Names;
  readonly show: Show;
  /** Only the local PSA takes postings back. */
  readonly mayUnpost: boolean;
}

/** "Why this many?": arithmetic, counts by day, and who mapped what when. */
export function itemPage(view: ItemPageView): Html {
  const { explanation, show, viewer } = view;
  const { item } = explanation;
  const title = `${item.service} · ${view.names.organization(item.organizationId)}`;
  return layout(
    { title, at: '/dashboard/items', viewer },
    html`<header class="page-head"><div>
  <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li><a href="/dashboard/items">Billing items</a></li><li>${item.id}</li></ol></nav>
  <h1>${title}</h1>
  <p><span class="tag ${item.status}">${item.status}</span> ${item.kind} · ${show.period(item.period)} · ${show.money(item.amount, item.currency)}</p>
</div></header>
<div class="explain">
  <div class="stack">
    <section class="panel"><h2>Why ${show.units(item.units)} units?</h2><p class="arithmetic">${explanation.arithmetic}</p></section>
    ${counts(view)}
  </div>
  <div class="stack">${facts(view)}${mappings(view)}${corrections(view)}${unpost(view)}</div>
</div>`,
  );
}

const noCounts = (module: string | null): string =>
  module === null
    ? 'No usage count stands behind this item: the PSA held these units before a module was mapped.'
    : 'No usage count of this billing period is stored.';

const counts = ({
  explanation,
  show,
}: ItemPageView): Html => html`<section class="panel flush"><h2>Counts by day</h2>
${
  explanation.counts.length === 0
    ? html`<p class="muted filters">${noCounts(explanation.item.module)}</p>`
    : html`<div class="table-frame" tabindex="0" role="region" aria-label="Counts by day"><table>
<thead><tr><th scope="col">Day</th><th scope="col" class="number">Count</th><th scope="col">Module organizations</th></tr></thead>
<tbody>${explanation.counts.map(
        (day) => html`<tr><th scope="row" class="nowrap">${show.day(day.date)}</th>
<td class="number">${day.quantity === null ? html`<span class="tag warn">unknown</span>` : show.units(day.quantity)}</td>
<td>${day.moduleOrganizations.map((one) => `${one.name}: ${one.quantity ?? 'unknown'}`).join(', ')}</td></tr>`,
      )}</tbody></table></div>`
}</section>`;

function facts({ explanation, names, show }: ItemPageView): Html {
  const { item } = explanation;
  const rows: readonly (readonly [string, string])[] = [
    ['Organization', names.organization(item.organizationId)],
    ['Contract', names.contract(item.contractId)],
    ['Service', item.service],
    ['Module', names.module(item.module)],
    ['Billing type', names.billingType(item.module, item.billingType)],
    ['Item date', show.day(item.itemDate)],
    ['Units', show.units(item.units)],
    ['Unit price', show.money(item.unitPrice, item.currency)],
    ...(item.postedAt
      ? ([['Posted', `${show.instant(item.postedAt)} by ${item.postedBy?.name}`]] as const)
      : []),
  ];
  return html`<section class="panel"><h2>Billing item</h2><dl class="facts">${rows.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl></section>`;
}

function mappings({ explanation, names, show }: ItemPageView): Html {
  const { serviceMapping, organizationMappings } = explanation;
  if (!serviceMapping && organizationMappings.length === 0) return '';
  return html`<section class="panel"><h2>Mappings behind it</h2><dl class="facts">
${serviceMapping ? html`<dt>Service mapping</dt><dd>${serviceMapping.unitRule}, by ${serviceMapping.by.name}, ${show.instant(serviceMapping.at)}</dd>` : ''}
${organizationMappings.map(
  (one) =>
    html`<dt>${one.moduleOrganizationId}</dt><dd>→ ${names.organization(one.organizationId)}, by ${one.by.name}, ${show.instant(one.at)}${
      one.suggestion ? html` <span class="muted">(suggested: ${one.suggestion.reason})</span>` : ''
    }</dd>`,
)}</dl></section>`;
}

function corrections({ explanation }: ItemPageView): Html {
  const { item, correctedBy } = explanation;
  if (!item.corrects && correctedBy.length === 0 && item.unposted.length === 0) return '';
  const link = (id: string): Html => html`<a href="/dashboard/items/${encodeURIComponent(id)}">${id}</a> `;
  return html`<section class="panel"><h2>Corrections</h2>
${item.corrects ? html`<p>Corrects ${link(item.corrects)}</p>` : ''}
${correctedBy.length > 0 ? html`<p>Corrected by ${correctedBy.map(link)}</p>` : ''}
${item.unposted.map((past) => html`<p>Posting by ${past.postedBy.name} taken back by ${past.by.name}: ${past.reason}</p>`)}
</section>`;
}

function unpost({ explanation, viewer, mayUnpost }: ItemPageView): Html {
  if (explanation.item.status !== 'posted' || !mayUnpost || viewer.role !== 'admin') return '';
  return html`<section class="panel"><h2>Take the posting back</h2>
<form class="stack" method="post" action="/dashboard/items/${encodeURIComponent(explanation.item.id)}/unpost">
  <label class="field"><span>Why</span><textarea name="reason" rows="2" required maxlength="500"></textarea></label>
  <div><button class="danger">Un-post</button></div>
</form></section>`;
}
