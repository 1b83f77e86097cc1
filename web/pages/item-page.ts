import { html } from 'hono/html';
import type { Explanation } from '../../src/usecases/explanation.ts';
import type { Names } from '../../src/usecases/names.ts';
import type { itemPsaPages } from '../items/psa-links.ts';
import type { Viewer } from '../viewer.ts';
import type { CountsPicture } from '../widgets/counts-pictures.ts';
import type { Html } from './html.ts';
import { itemCorrections } from './item-corrections.ts';
import { itemCounts, itemDevices } from './item-counts.ts';
import { itemDecisions } from './item-decisions.ts';
import { itemFacts, itemMappings } from './item-facts.ts';
import { layout } from './layout.ts';
import type { Show } from './show.ts';

export interface ItemPageView {
  readonly viewer: Viewer;
  readonly explanation: Explanation;
  readonly names: Names;
  readonly show: Show;
  /** Only the local PSA takes postings back. */
  readonly mayUnpost: boolean;
  /** Its pages in the PSA, where that is not icb's own. */
  readonly psa?: Awaited<ReturnType<typeof itemPsaPages>>;
  /** Absent where nothing was counted, or drawing failed. */
  readonly picture?: CountsPicture | undefined;
}

function psaLinks({ psa, explanation: { item } }: ItemPageView): Html {
  if (!psa) return '';
  const link = (href: string | undefined, what: string, name: string): Html =>
    href
      ? html`<a class="button" href="${href}" rel="noreferrer" target="_blank" aria-label="Open ${what} ${name} in ${psa.name}">Open ${what} in ${psa.name} ↗</a>`
      : '';
  return html`<div class="actions">${link(psa.organization, 'organization', item.organization)}${link(psa.contract, 'contract', item.contract)}</div>`;
}

/** "Why this many?": in words and figures, counts by day, devices, who decided what when, corrections. */
export function itemPage(view: ItemPageView): Html {
  const { explanation, show, viewer } = view;
  const { item } = explanation;
  const title = `${item.service} · ${item.organization}`;
  return layout(
    { title, at: '/dashboard/items', viewer },
    html`<header class="page-head"><div>
  <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li><a href="/dashboard/items">Billing items</a></li><li>${item.id}</li></ol></nav>
  <h1 id="item-title">${title}</h1>
  <p><span class="tag ${item.status}">${item.status}</span> ${item.kind} · ${show.period(item.period)} · ${show.money(item.amount, item.currency)}</p>
</div>${psaLinks(view)}</header>
<div class="explain">
  <div class="stack">
    <section class="panel why"><h2>Why ${show.units(item.units)} ${Math.abs(item.units) === 1 ? 'unit' : 'units'}?</h2>
    <p class="arithmetic">${explanation.arithmetic}</p>
    ${explanation.words.map((sentence) => html`<p>${sentence}</p>`)}</section>
    ${itemCounts(view)}
    ${itemDevices(view)}
  </div>
  <div class="stack">${itemFacts(view)}${itemMappings(view)}${itemDecisions(view)}${itemCorrections(view)}</div>
</div>`,
  );
}
