import { html } from 'hono/html';
import type { Html } from './html.ts';
import type { Show } from './show.ts';

/** A version of a widget: who, when, and how it differs from the one before. */
export interface HistoryEntry {
  readonly at: string;
  readonly by: string;
  readonly changes: readonly string[];
  /** Its place among those kept, from 0, the oldest. */
  readonly number: number;
}

/** What a widget was, newest first; going back makes a new version, so that it can be taken back too. */
export const historyPanel = ({
  id,
  entries,
  show,
  writes,
}: {
  readonly id: string;
  readonly entries: readonly HistoryEntry[];
  readonly show: Show;
  readonly writes: boolean;
}): Html => html`<section class="panel builder-history" aria-labelledby="history-title">
<header><h2 id="history-title">History</h2>${writes ? actions(id, entries.length > 1) : ''}</header>
<ol>${entries.map(
  (
    { at, by, changes, number },
    place,
  ) => html`<li><div><b>${by}</b> <time datetime="${at}" class="muted">${show.instant(at)}</time>
${changes.length > 0 ? html`<ul>${changes.map((change) => html`<li>${change}</li>`)}</ul>` : html`<p class="muted">${number === 0 ? 'Made' : 'Nothing changed'}</p>`}</div>
${writes && place > 0 ? html`<form method="post" action="/dashboard/widgets/${id}/go-back"><input type="hidden" name="number" value="${number}"><button>Go back to this<span class="visually-hidden"> version of ${show.instant(at)}</span></button></form>` : ''}</li>`,
)}</ol></section>`;

const actions = (id: string, undoable: boolean): Html => html`<div class="actions">
${undoable ? html`<form method="post" action="/dashboard/widgets/${id}/undo"><button>Undo the last change</button></form>` : ''}
<form method="post" action="/dashboard/widgets/${id}/copy"><button>Copy</button></form>
<form method="post" action="/dashboard/widgets/${id}/delete"><button class="danger">Delete</button></form>
</div>`;
