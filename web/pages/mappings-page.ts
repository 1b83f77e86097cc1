import { html } from 'hono/html';
import { MAPPING_STATES, type MappingSheetRow } from '../../src/usecases/mapping-sheet.ts';
import {
  BY_ORGANIZATION_PATH,
  MAPPINGS_PATH,
  type MappingQuery,
  mappingHref,
  organizationHref,
} from '../mappings/mapping-query.ts';
import { may, type Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { notThisOne, notThose } from './not-this-one.ts';
import type { Show } from './show.ts';

export interface MappingsFrame {
  readonly viewer: Viewer;
  readonly show: Show;
  /** Those enabled. */
  readonly modules: readonly MappedModule[];
  readonly query: MappingQuery;
  readonly problems?: readonly string[];
  readonly cursor?: string | undefined;
  readonly nextCursor?: string | undefined;
}

export interface MappedModule {
  readonly id: string;
  readonly name: string;
  readonly organizations: { readonly total: number; readonly unmapped: number };
}

/** The tab by module organization: a row each, with what was decided or what is suggested. */
export function mappingsPage(
  view: MappingsFrame & { readonly rows: readonly MappingSheetRow[]; readonly total: number },
): Html {
  const { rows, viewer, query } = view;
  const mayMap = may(viewer, 'operator');
  return mappingsLayout(
    view,
    MAPPINGS_PATH,
    rows.length === 0
      ? nothing(view)
      : html`<form class="panel mappings" method="post" action="${MAPPINGS_PATH}/review" data-mappings>
<input type="hidden" name="query" value="${mappingHref('', query).slice(1)}">
${query.suggested ? html`<input type="hidden" name="suggested" value="1">` : ''}
<div class="table-frame" tabindex="0" role="region" aria-label="Module organizations"><table class="stacks">
<thead><tr><th scope="col">Module organization</th><th scope="col">Module</th><th scope="col">Mapped to</th>${mayMap ? html`<th scope="col">Change to</th>` : ''}</tr></thead>
<tbody>${rows.map((row) => mappingRow(row, view, mayMap))}</tbody></table></div>
<datalist id="organizations"></datalist>
${mayMap ? html`<div class="action-bar"><span class="muted">Nothing is saved before you have seen it once more.</span><div class="actions"><button class="primary">Review and save</button></div></div>` : ''}
${pager(view, MAPPINGS_PATH)}</form>`,
  );
}

function nothing({ modules, query: { filter } }: MappingsFrame): Html {
  const [title, text] =
    modules.length === 0
      ? [
          'No module is enabled',
          'Type /icb enable in Slack; its organizations appear here after the first sync.',
        ]
      : modules.every(({ organizations }) => organizations.total === 0)
        ? ['Nothing has been counted yet', 'Sync once; then the modules’ organizations appear here.']
        : filter.state === 'open' && !filter.search
          ? [
              'Everything is mapped',
              'Every module organization is mapped or ignored. New ones are announced.',
            ]
          : ['Nothing here', 'No module organization matches. Choose another state, module or search above.'];
  return html`<section class="panel empty"><b>${title}</b><p>${text}</p></section>`;
}

const mappingRow = (row: MappingSheetRow, { modules, show }: MappingsFrame, mayMap: boolean): Html =>
  html`<tr><th scope="row">${row.name}${row.parent ? html`<span class="sub">in ${row.parent}</span>` : ''}</th>
<td data-th="Module">${modules.find(({ id }) => id === row.module)?.name ?? row.module}</td>
<td data-th="Mapped to">${standing(row, show, mayMap)}${notThose(row, show)}</td>
${mayMap ? html`<td data-th="Change to">${controls(row)}</td>` : ''}</tr>`;

function standing(row: MappingSheetRow, show: Show, mayMap: boolean): Html {
  const { mapping } = row;
  if (mapping.status === 'unmapped') return suggested(row, mayMap);
  const when = mapping.at && mapping.by ? `by ${mapping.by.name}, ${show.instant(mapping.at)}` : '';
  if (mapping.status === 'ignored')
    return html`<span class="tag">ignored</span><span class="sub">${mapping.reason} · ${when}</span>`;
  return html`<a href="${organizationHref(mapping.organizationId ?? '')}">${mapping.organization}</a><span class="sub">${when}</span>`;
}

const LOOKS = { sure: 'good', likely: 'running', ambiguous: 'warn', none: '' } as const;

function suggested(row: MappingSheetRow, mayMap: boolean): Html {
  const { class: how = 'none', candidates = [] } = row.suggestion ?? {};
  const [best] = candidates;
  if (!best) return html`<span class="tag">nothing alike</span>`;
  const offer = (each: typeof best): Html =>
    html`${each.name} <span class="muted">${percent(each.confidence)}</span><span class="sub">${each.reason}</span>${mayMap ? notThisOne(row, each) : ''}`;
  const text =
    how === 'ambiguous'
      ? html`${candidates.length} could be meant<ul class="offers">${candidates.map((each) => html`<li>${offer(each)}</li>`)}</ul>`
      : offer(best);
  return html`<span class="tag ${LOOKS[how]}">${how}</span> ${text}`;
}

export const percent = (confidence: number): string => `${Math.floor(confidence * 100)} %`;

function controls({ id, name, mapping, suggestion }: MappingSheetRow): Html {
  return html`<div class="choose"><input type="hidden" name="id" value="${id}">
<select name="choice" aria-label="What ${name} is mapped to">
<option value="">${mapping.status === 'unmapped' ? 'Leave open' : 'Leave as it is'}</option>
${(suggestion?.candidates ?? []).map((each) => html`<option value="to:${each.organizationId}">${each.name} (${percent(each.confidence)})</option>`)}
${mapping.status === 'unmapped' ? '' : html`<option value="unmap">Unmap</option>`}
${mapping.status === 'ignored' ? '' : html`<option value="ignore">Ignore, with a reason</option>`}
</select><input type="search" name="other" list="organizations" autocomplete="off" placeholder="or another organization" aria-label="Another organization for ${name}" data-organizations></div>`;
}

/** What both tabs have around them: heading, tabs, filter, and what could not be understood. */
export function mappingsLayout(
  view: MappingsFrame,
  at: typeof MAPPINGS_PATH | typeof BY_ORGANIZATION_PATH,
  main: Html,
): Html {
  const { viewer, query, modules, problems = [] } = view;
  const unmapped = modules.reduce((sum, { organizations }) => sum + organizations.unmapped, 0);
  const total = modules.reduce((sum, { organizations }) => sum + organizations.total, 0);
  const tab = (path: typeof at, text: string): Html =>
    html`<a class="button" href="${mappingHref(path, query)}"${path === at ? html` aria-current="page"` : ''}>${text}</a>`;
  return layout(
    { title: 'Mapping', at: MAPPINGS_PATH, viewer, scripts: ['mappings.js'] },
    html`<header class="page-head"><div>
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li>Mapping</li></ol></nav>
<h1>Organization mapping</h1><p>${view.show.units(total - unmapped)} of ${view.show.units(total)} module organizations are decided.${unmapped > 0 ? ` ${view.show.units(unmapped)} ${unmapped === 1 ? 'is' : 'are'} open and ${unmapped === 1 ? 'bills' : 'bill'} nowhere.` : ''}</p></div>
<nav class="actions" aria-label="Ways to map">${tab(MAPPINGS_PATH, 'By module organization')}${tab(BY_ORGANIZATION_PATH, 'By organization')}</nav></header>
${problems.length > 0 ? html`<div class="notice warn" role="alert"><ul>${problems.map((text) => html`<li>${text}</li>`)}</ul></div>` : ''}
${filterForm(view, at)}${main}`,
  );
}

const STATE_WORDS = { open: 'Open', mapped: 'Mapped', ignored: 'Ignored', all: 'All' } as const;

const filterForm = ({ modules, query: { filter, suggested: on } }: MappingsFrame, at: string): Html => {
  const option = (value: string, text: string, current = ''): Html =>
    html`<option value="${value}"${value === current ? html` selected` : ''}>${text}</option>`;
  return html`<section class="panel filters" aria-label="Filter"><form method="get" action="${at}">
<input type="hidden" name="asked" value="1">
<label class="field"><span>State</span><select name="state">${MAPPING_STATES.map((state) => option(state, STATE_WORDS[state], filter.state))}</select></label>
<label class="field"><span>Module</span><select name="module">${option('', 'All modules', filter.module)}${modules.map(({ id, name }) => option(id, name, filter.module))}</select></label>
<label class="field"><span>Name</span><input type="search" name="search" value="${filter.search ?? ''}" placeholder="Any"></label>
<label class="check"><input type="checkbox" name="suggested" value="1"${on ? html` checked` : ''}> Show suggested mappings</label>
<button>Filter</button></form></section>`;
};

export const pager = ({ query, cursor, nextCursor }: MappingsFrame, path: string): Html =>
  cursor || nextCursor
    ? html`<nav class="pager" aria-label="Pages"><span>${cursor ? html`<a href="${mappingHref(path, query)}">← First page</a>` : ''}</span>
<span>${nextCursor ? html`<a href="${mappingHref(path, query, nextCursor)}" rel="next">Next page →</a>` : ''}</span></nav>`
    : html``;
