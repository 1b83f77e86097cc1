import { html } from 'hono/html';
import type { Module } from '../../src/domain/module.ts';
import type { UsageDraftView } from '../../src/usecases/usage-drafts.ts';
import { COLUMN_ROLES, roleOf, USAGE_PATH } from '../usage/matching-form.ts';
import type { Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { Show } from './show.ts';
import { moduleOptions } from './usage-module-options.ts';
import { problemNotice } from './usage-page.ts';
import { previewPanels } from './usage-preview.ts';

export interface UsageFilePageView {
  readonly viewer: Viewer;
  readonly show: Show;
  readonly file: UsageDraftView;
  readonly modules: readonly { readonly id: string; readonly name: string; readonly byApi: boolean }[];
  readonly problem?: { readonly text: string; readonly details: readonly string[] } | undefined;
}

/** A file that was brought: what its columns are, and what saving it would do. */
export function usageFilePage(view: UsageFilePageView): Html {
  const { draft, module, preview } = view.file;
  return layout(
    { title: draft.file, at: USAGE_PATH, viewer: view.viewer, scripts: ['usage.js'] },
    html`<header class="page-head"><div>
    <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li><a href="${USAGE_PATH}">Usage</a></li><li>File</li></ol></nav>
    <h1 class="usage-file">${draft.file}</h1><p>Read as ${draft.encoding}. Brought by ${draft.by.name}, ${view.show.instant(draft.at)}. Nothing is saved yet.</p>
</div></header>
${view.problem ? problemNotice(view.problem) : ''}
${matchingForm(view)}
${module && preview ? previewPanels(view.file, preview, view.show) : html`<section class="panel empty"><b>Which module is it?</b><p>Choose the module above; its columns and what would change are shown then.</p></section>`}`,
  );
}

function matchingForm({ file, modules }: UsageFilePageView): Html {
  const { draft, columns, sample, module, matching } = file;
  return html`<section class="panel usage-matching" aria-labelledby="matching"><h2 id="matching">What is what</h2>
<form method="post" action="${USAGE_PATH}/files/${draft.id}">
<input type="hidden" name="before" value="${module?.id ?? ''}">
<div class="usage-choices">
  <label class="field"><span>Module</span><select name="module" required>
    ${module ? '' : html`<option value="">Choose the module</option>`}${moduleOptions(modules, module?.id)}
  </select></label>
  <label class="field"><span>Date of the counts${matching?.date === undefined ? '' : ', where no column is the date'}</span><input type="date" name="date" value="${draft.date}" required></label>
  ${
    module
      ? html`<label class="field"><span>Dates such as 03/04/2026</span><select name="dayOrder">${options(
          [
            ['', 'Not said: ISO dates only'],
            ['day-month', 'Day first: 3 April'],
            ['month-day', 'Month first: March 4'],
          ],
          matching?.dayOrder,
        )}</select></label>
  <label class="field"><span>Numbers such as 1,234</span><select name="numbers">${options(
    [
      ['', 'Not said: no separators'],
      ['comma-groups', '1,234.0 is 1234'],
      ['point-groups', '1.234,0 is 1234'],
    ],
    matching?.numbers,
  )}</select></label>`
      : ''
  }
</div>
${
  module && matching
    ? html`<div class="table-frame" tabindex="0" role="region" aria-label="Columns of the file"><table class="usage-columns">
<thead><tr><th scope="col">Column</th><th scope="col">It is</th><th scope="col">First rows</th></tr></thead>
<tbody>${columns.map(
        (column, at) => html`<tr><th scope="row"><label for="column-${at}">${column}</label></th>
<td><select id="column-${at}" name="column.${at}">${roleOptions(module, roleOf(matching, column))}</select></td>
<td class="muted">${sample.map((cells) => cells[column] || '–').join(' · ')}</td></tr>`,
      )}</tbody></table></div>`
    : ''
}
<div class="actions"><button>${module ? 'Update the preview' : 'Go on'}</button></div>
</form></section>`;
}

const options = (choices: readonly (readonly [value: string, text: string])[], chosen = ''): Html =>
  html`${choices.map(
    ([value, text]) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ''}>${text}</option>`,
  )}`;

const roleOptions = ({ name, billingTypes }: Module, chosen: string): Html =>
  html`${options([['', 'Not used'], ...COLUMN_ROLES], chosen)}<optgroup label="Counts of ${name}">${options(
    billingTypes.map((type) => [`type:${type.name}`, type.label] as const),
    chosen,
  )}</optgroup>`;
