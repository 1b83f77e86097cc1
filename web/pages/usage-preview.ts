import { html } from 'hono/html';
import type { UsageDraftView } from '../../src/usecases/usage-drafts.ts';
import type { UsagePreview } from '../../src/usecases/usage-preview.ts';
import { USAGE_PATH } from '../usage/matching-form.ts';
import type { Html } from './html.ts';
import { planTable, signedText } from './plan-table.ts';
import type { Show } from './show.ts';

const SHOWN = 200;

/** What saving would do: what is wrong, what was counted, and what a sync would then change. */
export const previewPanels = (file: UsageDraftView, preview: UsagePreview, show: Show): Html =>
  html`<div id="preview">${figures(preview, show)}</div>
${preview.todo.length > 0 ? html`<div class="notice warn" role="status"><ul>${preview.todo.map((each) => html`<li>${each}</li>`)}</ul></div>` : ''}
${preview.problems.length > 0 ? problems(file, preview, show) : ''}
${preview.savable ? html`${saveBar(file, preview, show)}${types(preview, show)}${organizations(preview, show)}${changes(file, preview, show)}` : discardBar(file)}`;

const figures = (preview: UsagePreview, show: Show): Html => {
  const held = preview.lines.filter(({ action }) => action === 'held').length;
  const moved = preview.lines.filter(({ action }) => action === 'create' || action === 'change').length;
  const [first, last] = [preview.dates[0], preview.dates.at(-1)];
  const days =
    first && last
      ? first === last
        ? show.day(first)
        : `${show.day(first)} to ${show.day(last)}`
      : 'no counts';
  return html`<dl class="figures panel">
<div><dt>Rows read</dt><dd>${show.units(preview.rows)}<small>${preview.emptyCells > 0 ? `${show.units(preview.emptyCells)} empty ${preview.emptyCells === 1 ? 'cell stays' : 'cells stay'} unknown` : 'below the titles'}</small></dd></div>
<div><dt>Wrong</dt><dd>${show.units(preview.wrongRows)}<small>${preview.wrongRows > 0 ? 'nothing can be saved' : 'none'}</small></dd></div>
<div><dt>Counts</dt><dd>${show.units(preview.accepted)}<small>${days}</small></dd></div>
<div><dt>Differ from what is known</dt><dd>${show.units(preview.changed)}<small>the others stay as they are</small></dd></div>
<div><dt>Plan lines that change</dt><dd>${show.units(moved)}<small>${held > 0 ? `${show.units(held)} more would be held` : 'nothing would be held'}</small></dd></div>
</dl>`;
};

const problems = ({ draft }: UsageDraftView, preview: UsagePreview, show: Show): Html => {
  const all = preview.problems;
  return html`<section class="panel" aria-labelledby="wrong"><h2 id="wrong" class="panel-title">Wrong rows</h2>
<p class="panel-text">Correct the file, or the choices above. All rows or none are saved.</p>
<div class="table-frame" tabindex="0" role="region" aria-label="Table of wrong rows"><table>
<thead><tr><th scope="col" class="number">Line</th><th scope="col">Column</th><th scope="col">What is wrong, and what to do</th></tr></thead>
<tbody>${all.slice(0, SHOWN).map(({ line, column, text }) => html`<tr><td class="number">${show.units(line)}</td><td>${column ?? '–'}</td><td>${text}</td></tr>`)}</tbody></table></div>
${all.length > SHOWN ? html`<p class="panel-text">${show.units(all.length - SHOWN)} more are in <a href="${USAGE_PATH}/files/${draft.id}/wrong-rows.csv">the list of all wrong rows</a>.</p>` : ''}</section>`;
};

const discard = ({ draft }: UsageDraftView): Html =>
  html`<form method="post" action="${USAGE_PATH}/files/${draft.id}/discard"><button>Discard the file</button></form>`;

const discardBar = (file: UsageDraftView): Html => html`<div class="actions">${discard(file)}</div>`;

const saveBar = (file: UsageDraftView, preview: UsagePreview, show: Show): Html =>
  html`<section class="panel usage-save"><p>${
    preview.changed === 0
      ? 'Every count of the file is known already; saving changes nothing.'
      : preview.moduleEnabled
        ? 'Saving takes all counts in. Units change with the next sync; you can undo it for 24 hours.'
        : html`<b>${file.module?.name} is not enabled</b>: its counts are kept, and bill nothing until it is switched on with <kbd>/icb enable</kbd>.`
  }</p><div class="actions">${discard(file)}
<form method="post" action="${USAGE_PATH}/files/${file.draft.id}/save"><button class="primary">Save ${show.units(preview.accepted)} ${preview.accepted === 1 ? 'count' : 'counts'}</button></form></div></section>`;

const types = ({ byType }: UsagePreview, show: Show): Html =>
  html`<section class="panel" aria-labelledby="types"><h2 id="types" class="panel-title">Counts by billing type</h2>
<div class="table-frame" tabindex="0" role="region" aria-label="Table of counts by billing type"><table>
<thead><tr><th scope="col">Billing type</th><th scope="col" class="number">Counts</th><th scope="col" class="number">Together</th><th scope="col" class="number">Differ</th></tr></thead>
<tbody>${byType.map(({ label, counts, total, changed, unit }) => html`<tr><th scope="row">${label}</th><td class="number">${show.units(counts)}</td><td class="number">${show.units(total)}${unit === 'true-false' ? ' true' : ''}</td><td class="number">${show.units(changed)}</td></tr>`)}</tbody></table></div></section>`;

function organizations({ newModuleOrganizations, notInFile }: UsagePreview, show: Show): Html {
  if (newModuleOrganizations.length + notInFile.length === 0) return '';
  const list = (title: string, names: readonly string[]): Html =>
    names.length === 0
      ? ''
      : html`<details class="usage-names"${names.length <= 8 ? html` open` : ''}><summary>${title}: ${show.units(names.length)}</summary><p>${names.slice(0, SHOWN).join(' · ')}${names.length > SHOWN ? ' …' : ''}</p></details>`;
  return html`<section class="panel usage-organizations" aria-label="Module organizations">
${list(
  'New module organizations, to be mapped',
  newModuleOrganizations.map(({ name }) => name),
)}
${list('Mapped, but not in the file: their counts stay unknown, not zero', notInFile)}</section>`;
}

function changes(
  { module }: UsageDraftView,
  { lines, totals, moduleEnabled }: UsagePreview,
  show: Show,
): Html {
  if (lines.length === 0)
    return html`<section class="panel empty"><b>The plan stays as it is</b><p>${
      moduleEnabled
        ? 'No mapped billing type gets another count. New module organizations bill once they are mapped.'
        : `${module?.name} is not enabled, so its counts bill nothing yet.`
    }</p></section>`;
  const sums = totals
    .map(
      ({ amount, monthlyAmount, currency }) =>
        `${signedText(amount, currency, show)} now, ${signedText(monthlyAmount, currency, show)} a month from then on`,
    )
    .join('; ');
  return html`<section class="panel" aria-labelledby="changes"><h2 id="changes" class="panel-title">What the next sync would change</h2>
${sums ? html`<p class="panel-text">Together ${sums}.</p>` : ''}
${planTable(lines.slice(0, SHOWN), show)}
${lines.length > SHOWN ? html`<p class="panel-text">${show.units(lines.length - SHOWN)} more lines; after saving, the plan has them all.</p>` : ''}</section>`;
}
