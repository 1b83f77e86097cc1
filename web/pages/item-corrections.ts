import { html } from 'hono/html';
import type { RelatedItem } from '../../src/usecases/explanation.ts';
import { may } from '../viewer.ts';
import type { Html } from './html.ts';
import type { ItemPageView } from './item-page.ts';

/** What the item corrects and what corrects it, its postings, and taking one back. */
export const itemCorrections = (view: ItemPageView): Html =>
  html`${corrections(view)}${history(view)}${unpost(view)}`;

function corrections({ explanation, show }: ItemPageView): Html {
  const { corrects, corrected, corrections: by } = explanation;
  if (!corrects && by.length === 0) return '';
  const link = (id: string, text: string): Html =>
    html`<a href="/dashboard/items/${encodeURIComponent(id)}">${text}</a>`;
  const told = (item: RelatedItem): string =>
    `${show.units(item.units)} units from ${show.day(item.itemDate)}, ${show.money(item.amount, item.currency)}`;
  return html`<section class="panel"><h2>Corrections</h2>
${corrects ? html`<p>Corrects ${link(corrects, corrected ? told(corrected) : corrects)}</p>` : ''}
${by.map((item) => html`<p>Corrected by ${link(item.id, told(item))} <span class="tag ${item.status}">${item.status}</span></p>`)}
</section>`;
}

const history = ({ explanation, show }: ItemPageView): Html =>
  explanation.history.length === 0
    ? ''
    : html`<section class="panel"><h2>Postings</h2><ul class="decisions">${explanation.history.map(
        (each) =>
          html`<li><span class="tag ${each.what === 'posted' ? 'posted' : 'warn'}">${each.what}</span> ${show.instant(each.at)} by ${each.by.name}${each.reason ? `: ${each.reason}` : ''}</li>`,
      )}</ul></section>`;

function unpost({ explanation, viewer, mayUnpost }: ItemPageView): Html {
  if (explanation.item.status !== 'posted' || !mayUnpost || !may(viewer, 'approver')) return '';
  return html`<section class="panel"><h2>Take the posting back</h2>
<form class="stack" method="post" action="/dashboard/items/${encodeURIComponent(explanation.item.id)}/unpost">
  <label class="field"><span>Why</span><textarea name="reason" rows="2" required maxlength="500"></textarea></label>
  <div><button class="danger">Un-post</button></div>
</form></section>`;
}
