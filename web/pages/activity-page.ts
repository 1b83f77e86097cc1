import { html } from 'hono/html';
import type { ActivityView } from '../../src/usecases/list-activity.ts';
import type { Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { Show } from './show.ts';

interface ActivityPageView {
  readonly viewer: Viewer;
  readonly show: Show;
  readonly items: readonly ActivityView[];
  readonly failedOnly: boolean;
  readonly cursor?: string | undefined;
  readonly nextCursor?: string | undefined;
}

const href = (failedOnly: boolean, cursor?: string): string => {
  const params = new URLSearchParams({ ...(failedOnly && { failed: 'yes' }), ...(cursor && { cursor }) });
  return `/dashboard/activity${params.size > 0 ? `?${params}` : ''}`;
};

/** The activity log: what each sync run did with each billing type, and why a module failed. */
export function activityPage(view: ActivityPageView): Html {
  const { viewer, items, failedOnly } = view;
  return layout(
    { title: 'Activity', at: '/dashboard/activity', viewer },
    html`<header class="page-head">
  <div><h1>Activity</h1><p>What each sync did with each billing type, newest first.</p></div>
  <div class="actions" role="group" aria-label="Show">
    <a class="button" href="${href(false)}"${failedOnly ? '' : html` aria-current="true"`}>Everything</a>
    <a class="button" href="${href(true)}"${failedOnly ? html` aria-current="true"` : ''}>Failed only</a>
  </div>
</header>
${items.length > 0 ? log(view) : empty(failedOnly)}`,
  );
}

const empty = (
  failedOnly: boolean,
): Html => html`<section class="panel empty"><b>${failedOnly ? 'Nothing failed' : 'No activity yet'}</b>
<p>${failedOnly ? 'Every module answered in every sync so far.' : 'Rows appear with the first sync.'}</p></section>`;

const log = (view: ActivityPageView): Html => html`<section class="panel">
<div class="table-frame" tabindex="0" role="region" aria-label="Activity log"><table>
<thead><tr><th scope="col">When</th><th scope="col">Result</th><th scope="col">Module</th><th scope="col">Organization</th><th scope="col">Service</th><th scope="col" class="number">Units</th><th scope="col">Why</th></tr></thead>
<tbody>${view.items.map((row) => activityRow(row, view.show))}</tbody>
</table></div>
${
  view.cursor || view.nextCursor
    ? html`<nav class="pager" aria-label="Pages"><span>${view.cursor ? html`<a href="${href(view.failedOnly)}">← Newest</a>` : ''}</span>
<span>${view.nextCursor ? html`<a href="${href(view.failedOnly, view.nextCursor)}" rel="next">Older →</a>` : ''}</span></nav>`
    : ''
}</section>`;

const activityRow = (row: ActivityView, show: Show): Html => html`<tr>
<td class="nowrap"><time datetime="${row.at}">${show.instant(row.at)}</time></td>
<td><span class="tag ${row.result}">${row.result}</span></td>
<td class="nowrap">${row.moduleName}</td>
<td>${row.organization ?? '–'}</td>
<td>${row.service ?? '–'}${row.billingType ? html`<span class="sub muted"> ${row.billingTypeLabel ?? row.billingType}</span>` : ''}</td>
<td class="number">${units(row, show)}</td>
<td>${row.reason.text}</td>
</tr>`;

function units(row: ActivityView, show: Show): string {
  if (row.newUnits === undefined) return '–';
  if (row.oldUnits === undefined || row.oldUnits === row.newUnits) return show.units(row.newUnits);
  return `${show.units(row.oldUnits)} → ${show.units(row.newUnits)}`;
}
