import { html } from 'hono/html';
import type { UsageUploadView } from '../../src/usecases/list-usage-uploads.ts';
import { USAGE_PATH } from '../usage/matching-form.ts';
import { may } from '../viewer.ts';
import type { Html } from './html.ts';
import type { UsagePageView } from './usage-page.ts';

type View = Pick<UsagePageView, 'show' | 'viewer' | 'uploads' | 'cursor' | 'nextCursor'>;

/** What was just taken in, with the way back. */
export const savedNotice = (upload: UsageUploadView, view: View): Html =>
  html`<div class="notice good usage-saved" role="status"><div><p><b>${counts(upload.accepted, view)} of ${upload.moduleName} taken in</b>${upload.file ? html` from ${upload.file}` : ''}; ${view.show.units(upload.changed)} ${upload.changed === 1 ? 'differs' : 'differ'} from what was known.</p>
<p>Units change with the next sync. <a href="/dashboard/plan?module=${upload.module}">See the plan</a>${upload.undoUntil ? html` · can be undone until ${view.show.instant(upload.undoUntil)}` : ''}</p></div>${undoForm(upload, view)}</div>`;

const counts = (count: number, { show }: View): string =>
  `${show.units(count)} ${count === 1 ? 'count' : 'counts'}`;

const undoForm = (upload: UsageUploadView, { viewer }: View): Html =>
  upload.undoUntil && may(viewer, 'operator')
    ? html`<form method="post" action="${USAGE_PATH}/uploads/${upload.id}/undo"><button aria-label="Undo ${upload.file ?? 'counts'} of ${upload.moduleName}">Undo</button></form>`
    : '';

/** Everything that was taken in, newest first. */
export function uploadsPanel(view: View): Html {
  const { uploads, show, cursor, nextCursor } = view;
  if (uploads.length === 0)
    return html`<section class="panel empty"><b>No usage has been brought in yet</b><p>Files that are saved here or in Slack, and counts sent to the API, are listed here and can be undone for 24 hours.</p></section>`;
  return html`<section class="panel" aria-labelledby="brought"><h2 id="brought" class="panel-title">Brought in</h2>
<div class="table-frame" tabindex="0" role="region" aria-label="Usage brought in"><table>
<thead><tr><th scope="col">When</th><th scope="col">Module</th><th scope="col">File</th><th scope="col">By</th><th scope="col" class="number">Counts</th><th scope="col" class="number">Changed</th><th scope="col">Undo</th></tr></thead>
<tbody>${uploads.map(
    (
      upload,
    ) => html`<tr><td class="nowrap">${show.instant(upload.at)}</td><th scope="row">${upload.moduleName}</th><td>${upload.file ?? '–'}</td><td>${upload.by.name}</td>
<td class="number">${show.units(upload.accepted)}</td><td class="number">${show.units(upload.changed)}</td><td>${undoCell(upload, view)}</td></tr>`,
  )}</tbody></table></div>
${
  cursor || nextCursor
    ? html`<nav class="pager" aria-label="Pages"><span>${cursor ? html`<a href="${USAGE_PATH}">← Newest</a>` : ''}</span><span>${nextCursor ? html`<a href="${USAGE_PATH}?cursor=${encodeURIComponent(nextCursor)}" rel="next">Older →</a>` : ''}</span></nav>`
    : ''
}</section>`;
}

function undoCell(upload: UsageUploadView, view: View): Html {
  if (upload.undone) return html`<span class="muted">undone by ${upload.undone.by.name}</span>`;
  if (upload.undoUntil && may(view.viewer, 'operator'))
    return html`${undoForm(upload, view)}<span class="sub muted">until ${view.show.instant(upload.undoUntil)}</span>`;
  return html`<span class="muted">${upload.notUndoable ?? '–'}</span>`;
}
