import { html } from 'hono/html';
import type { ActivityView } from '../../src/usecases/list-activity.ts';
import { ACTIVITY_PATH, type ActivityQuery, activityHref } from '../activity/activity-query.ts';
import type { Viewer } from '../viewer.ts';
import { activityFilter } from './activity-filter.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { Show } from './show.ts';

interface ActivityPageView {
  readonly viewer: Viewer;
  readonly show: Show;
  /** Those enabled now or counted before. */
  readonly modules: readonly { readonly id: string; readonly name: string }[];
  readonly query: ActivityQuery;
  readonly items: readonly ActivityView[];
  readonly cursor?: string | undefined;
  readonly nextCursor?: string | undefined;
}

/** The activity log: what each sync run did with each billing type, and why a module failed. */
export function activityPage(view: ActivityPageView): Html {
  const { viewer, items, query, modules } = view;
  return layout(
    { title: 'Activity', at: ACTIVITY_PATH, viewer, scripts: ['items.js'] },
    html`<header class="page-head">
  <div><h1>Activity</h1><p>What each sync did with each billing type, newest first.</p></div>
</header>
${activityFilter(query, modules)}
${items.length > 0 ? log(view) : empty(query)}`,
  );
}

function empty({ filter: { failedOnly, ...filter } }: ActivityQuery): Html {
  const narrowed = Object.keys(filter).length > 0;
  const [title, text] = narrowed
    ? ['No activity fits', 'No sync did anything of this kind. Take a condition away to see more.']
    : failedOnly
      ? ['Nothing failed', 'Every module answered in every sync so far, and nothing is held or blocked.']
      : ['No activity yet', 'Rows appear with the first sync.'];
  return html`<section class="panel empty"><b>${title}</b><p>${text}</p>
${narrowed ? html`<p><a class="button" href="${activityHref(failedOnly ? { failedOnly } : {})}">Show all</a></p>` : ''}</section>`;
}

const log = (view: ActivityPageView): Html => html`<section class="panel">
<div class="table-frame" tabindex="0" role="region" aria-label="Activity log"><table>
<thead><tr><th scope="col">When</th><th scope="col">Result</th><th scope="col">Module</th><th scope="col">Organization</th><th scope="col">Service</th><th scope="col" class="number">Units</th><th scope="col">Why</th></tr></thead>
<tbody>${view.items.map((row) => activityRow(row, view.show))}</tbody>
</table></div>
${pager(view)}</section>`;

const pager = ({ cursor, nextCursor, query: { filter } }: ActivityPageView): Html | string =>
  cursor || nextCursor
    ? html`<nav class="pager" aria-label="Pages"><span>${cursor ? html`<a href="${activityHref(filter)}">← Newest</a>` : ''}</span>
<span>${nextCursor ? html`<a href="${activityHref(filter, nextCursor)}" rel="next">Older →</a>` : ''}</span></nav>`
    : '';

const activityRow = (row: ActivityView, show: Show): Html => html`<tr>
<td class="nowrap"><time datetime="${row.at}">${show.instant(row.at)}</time>${row.reason.code === 'night-missed' ? html`<span class="sub muted"> for ${row.date}</span>` : ''}</td>
<td><span class="tag ${row.result}">${row.result}</span></td>
<td class="nowrap">${row.moduleName}</td>
<td>${row.organization ?? '–'}${row.contract ? html`<span class="sub muted"> ${row.contract}</span>` : ''}</td>
<td>${row.service ?? '–'}${row.billingType ? html`<span class="sub muted"> ${row.billingTypeLabel ?? row.billingType}</span>` : ''}</td>
<td class="number">${units(row, show)}</td>
<td>${row.reason.text}</td>
</tr>`;

function units(row: ActivityView, show: Show): string {
  if (row.newUnits === undefined) return '–';
  if (row.oldUnits === undefined || row.oldUnits === row.newUnits) return show.units(row.newUnits);
  return `${show.units(row.oldUnits)} → ${show.units(row.newUnits)}`;
}
