import { html } from 'hono/html';
import type { FilterChoices } from '../../src/usecases/filter-choices.ts';
import type { BuilderDraft } from '../builder/read-draft.ts';
import { may, type Viewer } from '../viewer.ts';
import { builderForm } from './builder-form.ts';
import { type HistoryEntry, historyPanel } from './builder-history.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { Show } from './show.ts';
import { type WidgetCard, widgetCard } from './widget-card.ts';

export interface BuilderView {
  readonly viewer: Viewer;
  readonly show: Show;
  readonly locale: string;
  readonly draft: BuilderDraft;
  readonly lists: FilterChoices;
  /** Absent while it is not saved yet. */
  readonly id?: string | undefined;
  /** The revision the change is made on. */
  readonly base: string;
  /** The revision the history shows. */
  readonly revision: string;
  /** Only of a definition without problems. */
  readonly preview?: WidgetCard | undefined;
  readonly spec?: string | undefined;
  readonly history: readonly HistoryEntry[];
  /** Somebody was faster, or it was just saved. */
  readonly notice?: {
    readonly tone: 'good' | 'warn' | 'bad';
    readonly text: string;
    readonly lines?: readonly string[];
  };
}

/** Makes or changes a widget: its form, its JSON, and what it will look like, drawn by the same renderer as the tab. */
export function builderPage(view: BuilderView): Html {
  const { viewer, draft, id } = view;
  const writes = may(viewer, 'operator');
  const title = id ? draft.values.single.title || 'Widget' : 'New widget';
  return layout(
    { title, at: '/dashboard', viewer, scripts: ['builder.js'] },
    html`<form class="builder" method="post" action="/dashboard/widgets/save" data-builder>
<input type="hidden" name="id" value="${id ?? ''}"><input type="hidden" name="base" value="${view.base}">
<input type="hidden" name="source" value="form" data-source>
<header class="page-head"><div>
  <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li><a href="/dashboard/widgets">Widgets and tabs</a></li></ol></nav>
  <h1>${id ? html`Edit “${title}”` : title}</h1>
</div>${
      writes
        ? html`<div class="actions">
  <button formaction="/dashboard/widgets/preview" formnovalidate data-preview>Preview</button>
  <a class="button" href="/dashboard/widgets">Cancel</a><button class="primary" data-save>${id ? 'Save' : 'Make the widget'}</button>
</div>`
        : html`<p class="muted">Viewers look; operators change widgets.</p>`
    }</header>
<div class="notice" role="alert" data-said hidden></div>
${view.notice ? notice(view.notice) : ''}
<div class="builder-columns">
<fieldset class="panel builder-form" aria-label="Definition"${writes ? '' : html` disabled`}>${builderForm(draft, view.lists)}</fieldset>
<div class="builder-side">${preview(view)}${jsonPanel(draft, writes)}${specPanel(view.spec)}</div>
</div></form>
${id ? historyPanel({ id, base: view.revision, entries: view.history, show: view.show, writes }) : ''}`,
  );
}

const notice = ({ tone, text, lines = [] }: NonNullable<BuilderView['notice']>): Html =>
  html`<div class="notice ${tone}" role="${tone === 'good' ? 'status' : 'alert'}"><p>${text}</p>${lines.length > 0 ? html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>` : ''}</div>`;

const preview = ({ preview: card, locale, draft }: BuilderView): Html =>
  html`<div class="builder-preview" id="part-preview" data-part aria-busy="false">${
    card
      ? widgetCard(card, { locale, maySync: false, preview: true })
      : html`<section class="panel empty" role="status"><b>Nothing to preview yet</b><p>${draft.problems.length === 1 ? 'One field needs' : `${draft.problems.length} fields need`} another look; each says what.</p></section>`
  }</div>`;

const jsonPanel = ({ json, problems }: BuilderDraft, writes: boolean): Html =>
  html`<details class="panel code" ${problems.some(({ path }) => path === '') ? html` open` : ''}><summary>Definition as JSON</summary>
<div id="part-json" data-part><textarea name="json" aria-label="Definition as JSON" rows="18" spellcheck="false" autocapitalize="off" aria-describedby="part-json-problems"${writes ? '' : html` readonly`}>${json}</textarea></div>
<div id="part-json-problems" data-part>${
    problems.length > 0
      ? html`<ul class="wrong">${problems.map(({ path, text, line }) => html`<li>${line ? html`line ${line}, ` : ''}${path ? html`<code>${path}</code>: ` : ''}${text}</li>`)}</ul>`
      : html`<p class="field-note">The form and this text are two views of one thing; change either.</p>`
  }</div>
<div class="actions">${writes ? html`<button name="use" value="json" formaction="/dashboard/widgets/preview" formnovalidate data-use-json>Use this JSON</button>` : ''}<button type="button" data-copy="json" hidden>Copy</button></div></details>`;

const specPanel = (spec: string | undefined): Html =>
  html`<details class="panel code"><summary>Vega-Lite spec</summary>
<div id="part-spec" data-part><textarea rows="12" readonly spellcheck="false" aria-label="Vega-Lite spec" data-spec>${spec ?? ''}</textarea></div>
<div class="actions"><button type="button" data-copy="spec" hidden>Copy</button>
<a class="button" href="https://vega.github.io/editor/" target="_blank" rel="noopener noreferrer" data-copy="spec">Open the Vega editor</a></div>
<p class="field-note">The spec is output only and holds its data: paste it into the editor. icb never takes one back.</p></details>`;
