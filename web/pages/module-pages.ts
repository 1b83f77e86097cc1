import { html } from 'hono/html';
import type { AddedModule } from '../../src/domain/module.ts';
import { USAGE_PATH } from '../usage/matching-form.ts';
import { MODULES_PATH, type ModuleFields, type TypeFields } from '../usage/module-form.ts';
import { may, type Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { Show } from './show.ts';
import { problemNotice } from './usage-page.ts';

const crumbs = (here: string): Html =>
  html`<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li><a href="${USAGE_PATH}">Usage</a></li><li>${here}</li></ol></nav>`;

/** Modules that people added to the catalogue. */
export const modulesPage = (view: {
  readonly viewer: Viewer;
  readonly show: Show;
  readonly modules: readonly (AddedModule & { readonly used?: string })[];
  readonly problem?: { readonly text: string; readonly details: readonly string[] } | undefined;
}): Html => {
  const mayChange = may(view.viewer, 'admin');
  return layout(
    { title: 'Your modules', at: USAGE_PATH, viewer: view.viewer },
    html`<header class="page-head"><div>${crumbs('Your modules')}
    <h1>Your modules</h1><p>Products of other vendors, with billing types of their own. They stand wherever modules stand.</p>
</div>${mayChange ? html`<div class="actions"><a class="button primary" href="${MODULES_PATH}/new">Add a module</a></div>` : ''}</header>
${view.problem ? problemNotice(view.problem) : ''}
${
  view.modules.length === 0
    ? html`<section class="panel empty"><b>No module of your own yet</b><p>icb comes with the Kaseya and Datto modules. Add any other product that you bill by usage.</p></section>`
    : html`<section class="panel"><div class="table-frame" tabindex="0" role="region" aria-label="Your modules"><table>
<thead><tr><th scope="col">Module</th><th scope="col">Billing types</th><th scope="col">Added</th><th scope="col">State</th></tr></thead>
<tbody>${view.modules.map(
        (
          module,
        ) => html`<tr><th scope="row">${mayChange ? html`<a href="${MODULES_PATH}/${module.id}">${module.name}</a>` : module.name}</th>
<td>${module.billingTypes.map(({ label }) => label).join(' · ')}</td><td>${module.addedBy.name}, ${view.show.instant(module.addedAt)}</td>
<td>${module.used ? html`in use: ${module.used}` : mayChange ? html`<form method="post" action="${MODULES_PATH}/${module.id}/remove"><button class="danger" aria-label="Remove ${module.name}">Remove</button></form>` : 'not used yet'}</td></tr>`,
      )}</tbody></table></div></section>`
}`,
  );
};

/** Adds a module, or changes one (`id`). */
export const moduleFormPage = (view: {
  readonly viewer: Viewer;
  readonly id?: string | undefined;
  readonly fields: ModuleFields;
  readonly used?: string | undefined;
  readonly problem?: { readonly text: string; readonly details: readonly string[] } | undefined;
}): Html => {
  const { fields, id, used } = view;
  const title = id === undefined ? 'Add a module' : `Change ${fields.name}`;
  return layout(
    { title, at: USAGE_PATH, viewer: view.viewer },
    html`<header class="page-head"><div>${crumbs(id === undefined ? 'New module' : 'Module')}<h1>${title}</h1>
<p>Its usage is brought as files or sent to the API; then switch it on with <kbd>/icb enable</kbd> and map it like any other.</p></div></header>
${view.problem ? problemNotice(view.problem) : ''}
${used ? html`<div class="notice warn">It is in use (${used}): its billing types keep their name and unit. Others may be added.</div>` : ''}
<section class="panel module-form" aria-label="Module"><form method="post" action="${id === undefined ? MODULES_PATH : `${MODULES_PATH}/${id}`}">
<label class="field"><span>Name</span><input type="text" name="name" value="${fields.name}" maxlength="80" required placeholder="Huntress"></label>
<h2>Billing types</h2>
<p class="muted">What is counted per customer. The name is what files and the API say; the label is what people see, where it should differ. “Contains” warns when a device would be billed twice.</p>
<div class="module-types">${fields.types.map(typeRow)}</div>
<div class="actions"><a class="button" href="${MODULES_PATH}">Cancel</a><button class="primary" name="save" value="yes">${id === undefined ? 'Add the module' : 'Save'}</button><button name="more" value="yes" formnovalidate>More rows</button></div>
</form></section>`,
  );
};

const typeRow = ({ name, label, unit, contains }: TypeFields, at: number): Html => {
  const n = at + 1;
  return html`<fieldset class="module-type"><legend class="visually-hidden">Billing type ${n}</legend>
<label class="field"><span>Name ${n}</span><input type="text" name="type" value="${name}" maxlength="120"></label>
<label class="field"><span>Label ${n}</span><input type="text" name="label" value="${label}" maxlength="80"></label>
<label class="field"><span>Unit ${n}</span><select name="unit"><option value="count">A number</option><option value="true-false"${unit === 'true-false' ? html` selected` : ''}>True or false</option></select></label>
<label class="field"><span>Contains ${n} (names; several with ;)</span><input type="text" name="contains" value="${contains}"></label></fieldset>`;
};
