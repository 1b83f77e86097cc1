import { html } from 'hono/html';
import type { Html } from './html.ts';
import type { Show } from './show.ts';

/** A version of a widget: who, when, and how it differs from the one before. */
export interface HistoryEntry {
  readonly at: string;
  readonly by: string;
  readonly changes: readonly string[];
  /** What it is called when somebody goes back to it. */
  readonly version: string;
  /** The oldest that is kept. */
  readonly first: boolean;
}

/** What a widget was, newest first; going back makes a new version, so that it can be taken back too. */
export const historyPanel = ({
  id,
  base,
  entries,
  show,
  writes,
}: {
  readonly id: string;
  /** The revision that is shown: one changed meanwhile is neither undone nor deleted unseen. */
  readonly base: string;
  readonly entries: readonly HistoryEntry[];
  readonly show: Show;
  readonly writes: boolean;
}): Html => html`<section class="panel builder-history" aria-labelledby="history-title">
<header><h2 id="history-title">History</h2>${writes ? actions(id, base, entries.length > 1) : ''}</header>
<ol>${entries.map(
  (
    { at, by, changes, version, first },
    place,
  ) => html`<li><div><b>${by}</b> <time datetime="${at}" class="muted">${show.instant(at)}</time>
${changes.length > 0 ? html`<ul>${changes.map((change) => html`<li>${change}</li>`)}</ul>` : html`<p class="muted">${first ? 'Made' : 'Nothing changed'}</p>`}</div>
${writes && place > 0 ? html`<form method="post" action="/dashboard/widgets/${id}/go-back">${seen(base)}<input type="hidden" name="version" value="${version}"><button>Go back to this<span class="visually-hidden"> version of ${show.instant(at)}</span></button></form>` : ''}</li>`,
)}</ol></section>`;

const seen = (base: string): Html => html`<input type="hidden" name="base" value="${base}">`;

const actions = (id: string, base: string, undoable: boolean): Html => html`<div class="actions">
${undoable ? html`<form method="post" action="/dashboard/widgets/${id}/undo">${seen(base)}<button>Undo the last change</button></form>` : ''}
<form method="post" action="/dashboard/widgets/${id}/copy"><button>Copy</button></form>
<form method="post" action="/dashboard/widgets/${id}/delete">${seen(base)}<button class="danger">Delete</button></form>
</div>`;
