import { html } from 'hono/html';
import type { MappingSheetRow } from '../../src/usecases/mapping-sheet.ts';
import type { Names } from '../../src/usecases/names.ts';
import { changeWords, type MappingChange, stateWords } from '../mappings/mapping-change.ts';
import { MAPPINGS_PATH } from '../mappings/mapping-query.ts';
import type { Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { percent } from './mappings-page.ts';
import { noticePage } from './notice-page.ts';

export interface ReviewedChange {
  readonly change: MappingChange;
  readonly row: MappingSheetRow;
}

export interface MappingReview {
  readonly viewer: Viewer;
  readonly names: Names;
  /** Where to go back to. */
  readonly back: string;
  readonly chosen: readonly ReviewedChange[];
  /** Suggestions that were shown and not touched. */
  readonly offered: readonly ReviewedChange[];
  readonly problems?: readonly string[];
  /** Reasons as they were typed, by id. */
  readonly reasons?: ReadonlyMap<string, string>;
}

/** Everything that would be saved, before anything is: what a person chose, and the suggestions shown, to be ticked. */
export function mappingReviewPage(view: MappingReview): Html {
  const { viewer, back, chosen, offered, problems = [] } = view;
  const sure = offered.filter(({ row }) => row.suggestion?.class === 'sure');
  const others = offered.filter((each) => !sure.includes(each));
  return layout(
    { title: 'Review mappings', at: MAPPINGS_PATH, viewer, scripts: ['mappings.js'] },
    html`<header class="page-head"><div><h1>Review mappings</h1><p>What is ticked is saved, with your name and the time. Units change with the next sync.</p></div></header>
${problems.length > 0 ? html`<div class="notice warn" role="alert"><ul>${problems.map((text) => html`<li>${text}</li>`)}</ul></div>` : ''}
<form class="panel mappings" method="post" action="${MAPPINGS_PATH}/save">
<input type="hidden" name="back" value="${back}">
${section('chosen', 'Chosen', chosen, view, true)}
${section('sure', 'Suggested, sure', sure, view, true)}
${section('likely', 'Suggested, likely: tick those you have checked', others, view, false)}
<div class="action-bar"><a class="button" href="${back}">Cancel</a><div class="actions"><button class="primary">Save</button></div></div>
</form>`,
  );
}

const section = (
  key: string,
  title: string,
  changes: readonly ReviewedChange[],
  view: MappingReview,
  ticked: boolean,
): Html =>
  changes.length === 0
    ? html``
    : html`<fieldset class="review" data-all><legend>${title} <span class="muted">(${changes.length})</span></legend>
<ul>${changes.map((each, i) => changeLine(each, `${key}-${i}`, view, ticked))}</ul></fieldset>`;

function changeLine(
  { change, row }: ReviewedChange,
  key: string,
  view: MappingReview,
  ticked: boolean,
): Html {
  const [best] = row.suggestion?.candidates ?? [];
  const reason = 'to' in change && best?.organizationId === change.to ? best : undefined;
  return html`<li><label class="check" for="${key}"><input id="${key}" type="checkbox" name="change" value="${JSON.stringify(change)}"${ticked ? html` checked` : ''}>
<span><b>${row.name}</b> <span class="muted">${view.names.module(row.module)} · ${stateWords(row)} →</span> <b>${changeWords(change, view.names)}</b>
${reason ? html`<span class="sub">${percent(reason.confidence)} · ${reason.reason}</span>` : ''}</span></label>
${'ignore' in change ? html`<label class="field"><span>Why is ${row.name} ignored?</span><input type="text" name="reason:${row.id}" maxlength="500" value="${view.reasons?.get(row.id) ?? ''}" required></label>` : ''}</li>`;
}

/** What was saved, with a way back. */
export function mappingsSavedPage(view: {
  readonly viewer: Viewer;
  readonly back: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly left?: readonly string[];
  /** Of the saving, for Undo. */
  readonly change?: string | undefined;
}): Html {
  const { viewer, back, title, lines, left = [], change } = view;
  return noticePage(
    { title, at: MAPPINGS_PATH, viewer },
    html`${lines.length > 0 ? html`<ul class="said">${lines.map((line) => html`<li>${line}</li>`)}</ul>` : html`<p>Nothing was changed.</p>`}
${left.length > 0 ? html`<p class="notice warn">Left alone, because changed since: ${left.join(', ')}.</p>` : ''}
<div class="actions"><a class="button primary" href="${back}">Back to the mapping</a>
${change ? html`<form method="post" action="${MAPPINGS_PATH}/undo"><input type="hidden" name="change" value="${change}"><input type="hidden" name="back" value="${back}"><button>Undo</button></form>` : ''}</div>`,
  );
}
