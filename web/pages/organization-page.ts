import { html } from 'hono/html';
import type { ServiceMappingSheet } from '../../src/usecases/service-mapping-sheet.ts';
import { BY_ORGANIZATION_PATH, MAPPINGS_PATH } from '../mappings/mapping-query.ts';
import type { OrganizationRow } from '../mappings/organization-rows.ts';
import { may, type Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { MappedModule } from './mappings-page.ts';
import { percent } from './mappings-page.ts';
import { notThisOne } from './not-this-one.ts';
import { addField, openLists } from './organization-grid.ts';
import { organizationServices } from './organization-services.ts';
import type { Show } from './show.ts';

export interface OrganizationPageView {
  readonly viewer: Viewer;
  readonly show: Show;
  readonly organization: OrganizationRow;
  /** Why usage cannot bill it, where it cannot. */
  readonly because?: string | undefined;
  readonly modules: readonly MappedModule[];
  readonly open: ReadonlyMap<string, readonly string[]>;
  readonly services: ServiceMappingSheet;
}

/** One organization: what is mapped to it, module by module, with a way to add and to take away. */
export function organizationPage(view: OrganizationPageView): Html {
  const { viewer, organization, modules, because } = view;
  const mayMap = may(viewer, 'operator') && because === undefined;
  const to = (path: string) =>
    `/dashboard/${path}?${new URLSearchParams({ organization: organization.name })}`;
  return layout(
    { title: organization.name, at: MAPPINGS_PATH, viewer },
    html`<header class="page-head"><div>
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li><a href="${BY_ORGANIZATION_PATH}">Mapping</a></li><li>${organization.name}</li></ol></nav>
<h1>${organization.name}</h1><p>What the modules call this organization. Several of one module add up.</p></div>
<div class="actions"><a class="button" href="${to('items')}">Billing items</a><a class="button" href="${to('plan')}">Plan</a><a class="button" href="${to('leakage')}">Leakage</a></div></header>
${because ? html`<p class="notice warn">Nothing can be mapped to ${organization.name}: ${because}.</p>` : ''}
${
  modules.length === 0
    ? html`<section class="panel empty"><b>No module is enabled</b><p>Type /icb enable in Slack.</p></section>`
    : html`<form class="panel mappings" method="post" action="${MAPPINGS_PATH}/review">
<input type="hidden" name="by" value="organization"><input type="hidden" name="one" value="${organization.id}"><input type="hidden" name="suggested" value="1">
${modules.map((module) => moduleSection(module, view, mayMap))}${openLists(modules, view.open)}
${mayMap ? html`<div class="action-bar"><span class="muted">Suggestions are offered once more before anything is saved.</span><div class="actions"><button class="primary">Review and save</button></div></div>` : ''}</form>`
}${organizationServices(view.services)}`,
  );
}

function moduleSection(
  module: MappedModule,
  { organization, show }: OrganizationPageView,
  mayMap: boolean,
): Html {
  const { mapped = [], offered = [] } = organization.cells.get(module.id) ?? {};
  return html`<fieldset class="review"><legend>${module.name}</legend>
${mapped.length + offered.length === 0 ? html`<p class="muted">Nothing is mapped.</p>` : ''}
<ul>${mapped.map(
    ({
      id,
      name,
      parent,
      mapping,
    }) => html`<li><b>${name}</b>${parent ? html` <span class="muted">in ${parent}</span>` : ''}
<span class="sub">${mapping.by && mapping.at ? `mapped by ${mapping.by.name}, ${show.instant(mapping.at)}` : ''}</span>
${mayMap ? html`<label class="check"><input type="checkbox" name="unmap" value="${id}" aria-label="Unmap ${name}"> Unmap</label>` : ''}</li>`,
  )}${offered.map(
    ({ id, name, suggestion }) =>
      html`<li><span class="tag ${suggestion?.class === 'sure' ? 'good' : 'running'}">${suggestion?.class}</span> ${name} <span class="muted">${percent(suggestion?.candidates[0]?.confidence ?? 0)}</span><span class="sub">${suggestion?.candidates[0]?.reason}</span>${mayMap ? notThisOne({ id, name }, { organizationId: organization.id, name: organization.name }) : ''}</li>`,
  )}</ul>${mayMap ? html`<div class="add">${addField(organization.id, organization.name, module)}</div>` : ''}</fieldset>`;
}
