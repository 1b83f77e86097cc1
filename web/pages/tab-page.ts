import { html } from 'hono/html';
import { ROLE_MAY, ROLES } from '../../src/domain/role.ts';
import { MOST_WIDGETS } from '../../src/domain/tab.ts';
import type { FilterChoices } from '../../src/usecases/filter-choices.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { TabForm } from '../tabs/tab-form.ts';
import type { Viewer } from '../viewer.ts';
import { conditionLists, conditionRows } from './builder-conditions.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { tabTiles } from './tab-tiles.ts';

export interface TabPageView {
  readonly viewer: Viewer;
  readonly form: TabForm;
  /** Of the tab as it is kept; empty before it is saved. */
  readonly revision: string;
  readonly lists: FilterChoices;
  readonly groups: readonly string[];
  /** Everything that can be put on a tab, by where it comes from. */
  readonly pick: readonly { readonly name: string; readonly widgets: readonly WidgetDefinition[] }[];
  readonly notice?:
    | { readonly tone: 'good' | 'warn' | 'bad'; readonly text: string; readonly lines?: readonly string[] }
    | undefined;
}

const SAVE = '/dashboard/tabs/save';

/** Makes or changes a tab: its name, who sees it, what narrows it, and where its widgets stand. */
export function tabPage(view: TabPageView): Html {
  const { viewer, form, notice } = view;
  return layout(
    {
      title: form.id ? `Edit ${form.name}` : 'New tab',
      at: '/dashboard',
      viewer,
      scripts: ['tab-editor.js'],
    },
    html`<form class="builder" method="post" action="${SAVE}" data-tab-editor>
<input type="hidden" name="id" value="${form.id ?? ''}"><input type="hidden" name="base" value="${form.base}">
<header class="page-head"><div>
  <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li><a href="/dashboard/widgets">Widgets and tabs</a></li></ol></nav>
  <h1>${form.id ? html`Edit tab “${form.name}”` : 'New tab'}</h1></div>
<div class="actions"><a class="button" href="${form.id ? `/dashboard?tab=${form.id}` : '/dashboard/widgets'}">Cancel</a><button class="primary" data-save>${form.id ? 'Save' : 'Make the tab'}</button></div></header>
${notice ? html`<div class="notice ${notice.tone}" role="${notice.tone === 'good' ? 'status' : 'alert'}"><p>${notice.text}</p>${notice.lines?.length ? html`<ul>${notice.lines.map((line) => html`<li>${line}</li>`)}</ul>` : ''}</div>` : ''}
<section class="panel tab-settings" aria-label="Settings">
  <label class="field"><span>Name</span><input type="text" name="name" value="${form.name}" maxlength="80" required autocomplete="off"></label>
  <label class="field"><span>Group</span><input type="text" name="group" value="${form.group}" maxlength="40" list="groups" autocomplete="off" placeholder="None"></label>
  <datalist id="groups">${view.groups.map((group) => html`<option value="${group}"></option>`)}</datalist>
  <fieldset class="roles"><legend>Published to</legend>${ROLES.map(
    (role) =>
      html`<label class="check" title="May ${ROLE_MAY[role]}"><input type="checkbox" name="publishedTo" value="${role}"${form.publishedTo.includes(role) ? html` checked` : ''}> ${role}</label>`,
  )}<p class="field-note">With a role, those above it see the tab too; admins see every tab.</p></fieldset>
</section>
${widgets(view)}
<section class="panel tab-filter" aria-labelledby="filter-title"><div class="panel-head"><h2 id="filter-title">Filter of the whole tab</h2><p>Narrows every widget and its rows.</p></div>
<div class="tab-conditions">${conditionRows(form.conditions, (name) => (name === 'conditions' ? form.problems.map(({ text }) => text) : []), { action: SAVE, tab: true })}${conditionLists(view.lists)}</div></section>
</form>
${form.id ? afterwards(form.id, view.revision) : ''}`,
  );
}

function widgets({ form, pick }: TabPageView): Html {
  const left = MOST_WIDGETS - form.placed.length;
  const known = new Map(pick.flatMap(({ widgets: own }) => own.map((each) => [each.id, each])));
  return html`<section class="panel" aria-labelledby="placed-title"><div class="panel-head"><h2 id="placed-title">Widgets</h2>
<p id="part-left" data-part>${form.placed.length} of ${MOST_WIDGETS}${left <= 0 ? ': the tab is full, make another one for more' : left <= 4 ? `: room for ${left} more` : ''}</p></div>
<p class="visually-hidden" role="status" data-moved></p>
<div id="part-widgets" data-part>${tabTiles(form.placed, known, SAVE)}</div>
<div class="tab-add" id="part-add" data-part><label class="field"><span>Add a widget</span><select name="pick"${left <= 0 ? html` disabled` : ''}><option value="">Choose one</option>${pick.map(
    ({ name, widgets: own }) =>
      own.length === 0
        ? ''
        : html`<optgroup label="${name}">${own.map(({ id, title }) => html`<option value="${id}">${title}</option>`)}</optgroup>`,
  )}</select></label><button name="do" value="add" formnovalidate${left <= 0 ? html` disabled` : ''}>Add</button>
<a class="button" href="/dashboard/widgets/new">Make a new widget</a></div></section>`;
}

/** With the revision that is shown: what somebody changed meanwhile is neither undone nor deleted unseen. */
const afterwards = (id: string, revision: string): Html => html`<div class="actions">
<form method="post" action="/dashboard/tabs/${id}/undo"><input type="hidden" name="base" value="${revision}"><button>Undo the last change</button></form>
<form method="post" action="/dashboard/tabs/${id}/copy"><button>Copy this tab</button></form>
<form method="post" action="/dashboard/tabs/${id}/delete"><input type="hidden" name="base" value="${revision}"><button class="danger">Delete this tab</button></form></div>`;
