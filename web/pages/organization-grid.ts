import { html } from 'hono/html';
import {
  BY_ORGANIZATION_PATH,
  MAPPINGS_PATH,
  mappingHref,
  organizationHref,
} from '../mappings/mapping-query.ts';
import type { OrganizationRow } from '../mappings/organization-rows.ts';
import { may } from '../viewer.ts';
import type { Html } from './html.ts';
import { type MappedModule, type MappingsFrame, mappingsLayout, pager, percent } from './mappings-page.ts';
import { notThisOne } from './not-this-one.ts';

export type OrganizationGridView = MappingsFrame & {
  readonly rows: readonly OrganizationRow[];
  /** Names that can be added, by module; the first of many. */
  readonly open: ReadonlyMap<string, readonly string[]>;
};

/** The tab by organization: a row each, a column for every enabled module. */
export function organizationGrid(view: OrganizationGridView): Html {
  const { rows, viewer, query, modules } = view;
  const mayMap = may(viewer, 'operator');
  const shown = modules.filter(({ id }) => !query.filter.module || id === query.filter.module);
  return mappingsLayout(
    view,
    BY_ORGANIZATION_PATH,
    rows.length === 0 || shown.length === 0
      ? html`<section class="panel empty"><b>Nothing here</b><p>${shown.length === 0 ? 'No module is enabled: type /icb enable in Slack.' : 'No organization matches. Choose another state or name above.'}</p></section>`
      : html`<form class="panel mappings" method="post" action="${MAPPINGS_PATH}/review">
<input type="hidden" name="query" value="${mappingHref('', query).slice(1)}"><input type="hidden" name="by" value="organization">
${query.suggested ? html`<input type="hidden" name="suggested" value="1">` : ''}
<div class="table-frame" tabindex="0" role="region" aria-label="Organizations"><table class="grid stacks">
<thead><tr><th scope="col">Organization</th>${shown.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row"><a href="${organizationHref(row.id)}">${row.name}</a></th>${shown.map((module) => cell(row, module, view, mayMap))}</tr>`)}</tbody>
</table></div>${openLists(shown, view.open)}
${mayMap ? html`<div class="action-bar"><span class="muted">One more for a cell: type its name. Several, or unmap: open the organization.</span><div class="actions"><button class="primary">Review and save</button></div></div>` : ''}
${pager(view, BY_ORGANIZATION_PATH)}</form>`,
  );
}

const cell = (
  row: OrganizationRow,
  module: MappedModule,
  { query }: OrganizationGridView,
  mayMap: boolean,
): Html => {
  const { mapped = [], offered = [] } = row.cells.get(module.id) ?? {};
  return html`<td data-th="${module.name}">${mapped.map(({ name }) => html`<span class="mapped">${name}</span>`)}
${query.suggested ? offered.map((each) => html`<span class="sub"><span class="tag ${each.suggestion?.class === 'sure' ? 'good' : 'running'}">${each.suggestion?.class}</span> ${each.name} ${percent(each.suggestion?.candidates[0]?.confidence ?? 0)} ${mayMap ? notThisOne(each, { organizationId: row.id, name: row.name }) : ''}</span>`) : ''}
${mayMap ? addField(row.id, row.name, module) : ''}</td>`;
};

/** Three fields that go together, in the order of the form. */
export const addField = (organization: string, name: string, module: MappedModule): Html =>
  html`<input type="hidden" name="organization" value="${organization}"><input type="hidden" name="cell" value="${module.id}">
<input type="search" name="add" list="open-${module.id}" autocomplete="off" placeholder="Add…" aria-label="${module.name} organization to map to ${name}">`;

export const openLists = (
  modules: readonly MappedModule[],
  open: ReadonlyMap<string, readonly string[]>,
): Html =>
  html`${modules.map(({ id }) => html`<datalist id="open-${id}">${(open.get(id) ?? []).map((name) => html`<option value="${name}"></option>`)}</datalist>`)}`;
