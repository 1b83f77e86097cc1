import { html } from 'hono/html';
import type { ModuleView } from '../../src/usecases/list-modules.ts';
import type { UsageUploadView } from '../../src/usecases/list-usage-uploads.ts';
import type { WaitingFile } from '../../src/usecases/usage-drafts.ts';
import { USAGE_PATH } from '../usage/matching-form.ts';
import { may, type Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { Show } from './show.ts';
import { moduleOptions } from './usage-module-options.ts';
import { savedNotice, uploadsPanel } from './usage-uploads.ts';

export interface UsagePageView {
  readonly viewer: Viewer;
  readonly show: Show;
  readonly modules: readonly (ModuleView & { readonly byApi: boolean })[];
  readonly waiting: readonly WaitingFile[];
  readonly uploads: readonly UsageUploadView[];
  readonly nextCursor?: string | undefined;
  readonly cursor?: string | undefined;
  /** What went wrong with the file or the undo before. */
  readonly problem?: { readonly text: string; readonly details: readonly string[] } | undefined;
  /** What was just saved: an upload, or nothing new. */
  readonly saved?: UsageUploadView | undefined;
  readonly same?: string | undefined;
  readonly module?: string | undefined;
}

/** Brings usage in as a file, and shows what was brought in. */
export const usagePage = (view: UsagePageView): Html =>
  layout(
    { title: 'Usage', at: USAGE_PATH, viewer: view.viewer, scripts: ['usage.js'] },
    html`<header class="page-head"><div>
    <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li>Usage</li></ol></nav>
    <h1>Usage</h1><p>Counts of modules that icb cannot ask itself: bring them as a CSV file here or in Slack, or send them to <code>POST /api/usage</code>.</p>
</div><div class="actions"><a class="button" href="/dashboard/modules">Your modules</a></div></header>
${view.problem ? problemNotice(view.problem) : ''}
${view.saved ? savedNotice(view.saved, view) : ''}
${view.same ? html`<div class="notice good" role="status">Every count of ${view.same} was known already; nothing was changed.</div>` : ''}
${may(view.viewer, 'operator') ? uploadForm(view) : ''}
${view.waiting.length > 0 && may(view.viewer, 'operator') ? waitingPanel(view) : ''}
${uploadsPanel(view)}`,
  );

export const problemNotice = ({ text, details }: NonNullable<UsagePageView['problem']>): Html =>
  html`<div class="notice bad" role="alert"><p>${text}</p>${details.length > 0 ? html`<ul>${details.slice(0, 50).map((each) => html`<li>${each}</li>`)}</ul>` : ''}</div>`;

const uploadForm = ({ modules, module }: UsagePageView): Html =>
  html`<section class="panel usage-upload" aria-labelledby="bring"><h2 id="bring">Bring a file</h2>
<form method="post" action="${USAGE_PATH}/files" enctype="multipart/form-data" data-upload>
  <label class="field"><span>Module</span><select name="module">
    <option value="">Find out from the file</option>
    ${moduleOptions(modules, module)}
  </select></label>
  <label class="field drop" data-drop><span>CSV file, at most 5 MB and 50,000 rows</span>
    <input type="file" name="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" required></label>
  <button class="primary">Read the file</button>
</form>
<p class="muted">Nothing is saved before you have seen what it changes. The first line holds the columns’ titles; a row per customer with a column per billing type, or a row per count. Module missing? <a href="/dashboard/modules/new">Add your own</a>.</p>
</section>`;

const waitingPanel = ({ waiting, show }: UsagePageView): Html =>
  html`<section class="panel" aria-labelledby="waiting"><h2 id="waiting" class="panel-title">Not saved yet</h2>
<ul class="usage-waiting">${waiting.map(
    ({ id, file, moduleName, by, at }) =>
      html`<li><a href="${USAGE_PATH}/files/${id}">${file}</a> <span class="muted">${moduleName ?? 'module not chosen'} · ${by.name}, ${show.instant(at)}</span></li>`,
  )}</ul></section>`;
