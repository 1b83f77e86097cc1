import { html } from 'hono/html';
import { ROLE_MAY } from '../../src/domain/role.ts';
import type { TabView } from '../../src/usecases/tabs.ts';
import { CHART_LABELS, ENTITY_LABELS } from '../../src/widgets/choice-labels.ts';
import { dimensions } from '../../src/widgets/heading.ts';
import { measureLabel } from '../../src/widgets/measure.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { may, type Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';

export interface WidgetListView {
  readonly viewer: Viewer;
  readonly tabs: readonly TabView[];
  readonly own: readonly WidgetDefinition[];
  /** The revision of each of these as it is shown, by id. */
  readonly revisions: ReadonlyMap<string, string>;
  /** Ready widgets, to start from. */
  readonly library: readonly WidgetDefinition[];
  /** Ids of what was just deleted, which can be taken back. */
  readonly deleted?: string | undefined;
  readonly deletedTab?: string | undefined;
}

export function widgetListPage(view: WidgetListView): Html {
  const writes = may(view.viewer, 'operator');
  return layout(
    { title: 'Widgets and tabs', at: '/dashboard', viewer: view.viewer },
    html`<header class="page-head"><div>
  <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li>Widgets and tabs</li></ol></nav>
  <h1>Widgets and tabs</h1></div>
${writes ? html`<div class="actions"><a class="button" href="/dashboard/tabs/new">New tab</a><a class="button primary" href="/dashboard/widgets/new">New widget</a></div>` : ''}</header>
${undoDeleted('Widget', '/dashboard/widgets/restore', view.deleted)}${undoDeleted('Tab', '/dashboard/tabs/restore', view.deletedTab)}
${tabsPanel(view, writes)}${ownPanel(view, writes)}${libraryPanel(view, writes)}`,
  );
}

const undoDeleted = (what: string, action: string, id: string | undefined): Html =>
  id
    ? html`<form class="notice good" role="status" method="post" action="${action}">${what} <code>${id}</code> was deleted. <input type="hidden" name="id" value="${id}"><button>Undo</button></form>`
    : '';

/** In a sentence: `Bar · amount by module · posted billing items`. */
const inWords = ({ chart, measure, groupBy, breakDownBy, entity }: WidgetDefinition): string => {
  const by = breakDownBy ? ` and ${dimensions[breakDownBy].title.toLowerCase()}` : '';
  return `${CHART_LABELS[chart]} · ${measureLabel(measure).toLowerCase()} by ${dimensions[groupBy].title.toLowerCase()}${by} · ${ENTITY_LABELS[entity].toLowerCase()}`;
};

function tabsPanel({ tabs }: WidgetListView, writes: boolean): Html {
  const groups = [...Map.groupBy(tabs, (tab) => tab.group ?? '')].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return html`<section class="panel" aria-labelledby="tabs-title"><div class="panel-head"><h2 id="tabs-title">Tabs</h2></div>
<div class="table-frame" tabindex="0" role="region" aria-label="All tabs"><table><thead><tr><th scope="col">Tab</th><th scope="col">Group</th><th scope="col">Widgets</th><th scope="col">Published to</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
<tbody>${groups.flatMap(([, own]) => own.map((tab) => tabRow(tab, writes)))}</tbody></table></div></section>`;
}

const tabRow = ({ id, name, group, widgets, publishedTo, ready }: TabView, writes: boolean): Html =>
  html`<tr><th scope="row"><a href="/dashboard?tab=${id}">${name}</a></th><td>${group ?? '–'}</td><td>${widgets.length} of 24</td>
<td>${publishedTo.map((role) => html`<span class="tag" title="May ${ROLE_MAY[role]}">${role}</span> `)}</td>
<td><div class="row-actions">${
    writes
      ? html`${ready ? '' : html`<a class="button" href="/dashboard/tabs/${id}/edit" aria-label="Edit tab ${name}">Edit</a>`}
<form method="post" action="/dashboard/tabs/${id}/copy"><button aria-label="Copy tab ${name}">Copy</button></form>`
      : ''
  }</div></td></tr>`;

const ownPanel = ({ own, tabs, revisions }: WidgetListView, writes: boolean): Html =>
  html`<section class="panel" aria-labelledby="own-title"><div class="panel-head"><h2 id="own-title">Your widgets</h2></div>
${
  own.length === 0
    ? html`<div class="empty"><b>None made yet</b><p>${writes ? 'Start from one below, or from nothing with New widget.' : 'An operator can make some.'}</p></div>`
    : html`<div class="table-frame" tabindex="0" role="region" aria-label="All your widgets"><table><thead><tr><th scope="col">Widget</th><th scope="col">What it shows</th><th scope="col">On tabs</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
<tbody>${own.map((each) => ownRow(each, tabs, writes, revisions.get(each.id) ?? ''))}</tbody></table></div>`
}</section>`;

function ownRow(definition: WidgetDefinition, tabs: readonly TabView[], writes: boolean, base: string): Html {
  const { id, title } = definition;
  const on = tabs.filter((tab) => tab.widgets.includes(id));
  return html`<tr><th scope="row"><a href="/dashboard/widgets/${id}/edit">${title}</a></th><td class="muted">${inWords(definition)}</td>
<td>${on.length === 0 ? 'ICB' : on.map(({ name }) => name).join(', ')}</td>
<td><div class="row-actions">${
    writes
      ? html`<form method="post" action="/dashboard/widgets/${id}/copy"><button aria-label="Copy ${title}">Copy</button></form>
<form method="post" action="/dashboard/widgets/${id}/delete"><input type="hidden" name="base" value="${base}"><button class="danger" aria-label="Delete ${title}">Delete</button></form>`
      : ''
  }</div></td></tr>`;
}

const libraryPanel = ({ library }: WidgetListView, writes: boolean): Html =>
  html`<section class="panel" aria-labelledby="library-title"><div class="panel-head"><h2 id="library-title">Library</h2><p>Ready widgets: put them on a tab as they are, or start your own from one.</p></div>
<ul class="library">${library.map(
    (
      definition,
    ) => html`<li><div><b>${definition.title}</b><p>${definition.description ?? ''}</p><p>${inWords(definition)}</p></div>
${writes ? html`<a class="button" href="/dashboard/widgets/new?from=${definition.id}">Start from this<span class="visually-hidden">: ${definition.title}</span></a>` : ''}</li>`,
  )}</ul></section>`;
