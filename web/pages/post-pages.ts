import { html } from 'hono/html';
import type { Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { noticePage } from './notice-page.ts';

const AT = '/dashboard/items';

interface Left {
  readonly id: string;
  readonly because: string;
}

/** Asks before posting, for browsers without scripts. `fields` come back with the answer. */
export const confirmPostPage = (view: {
  viewer: Viewer;
  count: number;
  sums: string;
  skipped: readonly Left[];
  fields: readonly (readonly [name: string, value: string])[];
  back: string;
}): Html =>
  noticePage(
    { title: 'Approve and post?', at: AT, viewer: view.viewer },
    html`<p><b>${view.count} ${view.count === 1 ? 'item' : 'items'}${view.sums ? html` · ${view.sums}` : ''}</b></p>
${view.skipped.length > 0 ? leftOver(`${view.skipped.length} not due yet`, view.skipped) : ''}
<p>Posted items never change again. A later correction becomes an item of its own.</p>
<form class="stack" method="post" action="/dashboard/items/approve-and-post">
  ${view.fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
  <input type="hidden" name="confirmed" value="yes">
  <div class="actions"><a class="button" href="${view.back}">Cancel</a><button class="primary">Approve and post</button></div>
</form>`,
  );

const leftOver = (heading: string, skipped: readonly Left[]): Html =>
  html`<div class="notice warn"><p>${heading}:</p>
<ul>${skipped.slice(0, 50).map(({ id, because }) => html`<li><a href="/dashboard/items/${encodeURIComponent(id)}">${id}</a>: ${because}</li>`)}</ul></div>`;

export const nothingChosenPage = (viewer: Viewer, back: string): Html =>
  noticePage(
    { title: 'Nothing chosen', at: AT, viewer },
    html`<p>Tick the pending items to post, or “All pending here”, then approve and post.</p>
<p><a class="button" href="${back}">Back to the items</a></p>`,
  );

export const secondPersonPage = (viewer: Viewer, back: string, sums: string): Html =>
  noticePage(
    { title: 'Asked a second person', at: AT, viewer },
    html`<p>${sums} is above the limit for one person. Nothing was posted: somebody else with the role approver finds the request in Slack.</p>
<p><a class="button" href="${back}">Back to the items</a></p>`,
  );

/** What was posted, and what was left with why. */
export const postedPage = (view: {
  viewer: Viewer;
  posted: number;
  sums: string;
  skipped: readonly Left[];
  back: string;
  undo?: string | undefined;
}): Html =>
  noticePage(
    { title: `${view.posted} ${view.posted === 1 ? 'item' : 'items'} posted`, at: AT, viewer: view.viewer },
    html`${view.sums ? html`<p>${view.sums}</p>` : ''}
${view.skipped.length > 0 ? leftOver(`${view.skipped.length} left as they were`, view.skipped) : ''}
${view.undo ? html`<form method="post" action="/dashboard/items/undo-posting"><input type="hidden" name="posting" value="${view.undo}"><button>Undo: make them pending again</button></form>` : ''}
<p><a class="button" href="${view.back}">Back to the items</a></p>`,
  );

export const undonePage = (view: { viewer: Viewer; undone: number; left: number; sums: string }): Html =>
  noticePage(
    {
      title: `${view.undone} ${view.undone === 1 ? 'item is' : 'items are'} pending again`,
      at: AT,
      viewer: view.viewer,
    },
    html`${view.sums ? html`<p>${view.sums}</p>` : ''}
${view.left > 0 ? html`<p class="notice warn">${view.left} left as they are: they were changed after that posting.</p>` : ''}
<p><a class="button" href="/dashboard/items?status=pending">Pending items</a></p>`,
  );
