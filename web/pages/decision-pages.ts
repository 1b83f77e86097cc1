import { html } from 'hono/html';
import type { IsoDate } from '../../src/domain/calendar.ts';
import type { PlanLineView } from '../../src/usecases/describe-lines.ts';
import type { LineFate } from '../../src/usecases/line-fates.ts';
import { PLAN_PATH } from '../plan/plan-query.ts';
import type { Viewer } from '../viewer.ts';
import { heldFigures } from './held-lines.ts';
import type { Html } from './html.ts';
import { noticePage } from './notice-page.ts';
import type { Show } from './show.ts';

/** A page with a form; plan.js shows the same form in a dialog. */
export interface DecisionPage {
  readonly viewer: Viewer;
  /** The plan's address without its filter's question mark, to go back to. */
  readonly query: string;
  /** What was wrong with the answer before. */
  readonly problem?: string | undefined;
}

interface LinePage extends DecisionPage {
  readonly line: PlanLineView;
  readonly show: Show;
  readonly today: IsoDate;
}

const frame = (title: string, viewer: Viewer) => ({ title, at: PLAN_PATH, viewer }) as const;
const backTo = (query: string): string => `${PLAN_PATH}${query ? `?${query}` : ''}`;

const form = ({ query, problem }: DecisionPage, action: string, fields: Html, submit: string): Html =>
  html`${problem ? html`<p class="notice warn" role="alert">${problem}</p>` : ''}
<form class="stack" method="post" action="${action}" data-decision>
  <input type="hidden" name="query" value="${query}">
  ${fields}
  <div class="actions"><a class="button" href="${backTo(query)}" data-cancel>Cancel</a><button class="primary">${submit}</button></div>
</form>`;

const about = (page: LinePage): Html =>
  html`<p><b>${page.line.organization}</b> · ${page.line.service} · ${page.line.billingTypeLabel}</p>
${heldFigures(page.line, page)}<p>${page.line.reason.text}</p>`;

const whyField = (label: string, required: boolean, value = ''): Html =>
  html`<label class="field"><span>${label}</span><input type="text" name="reason" maxlength="500" value="${value}"${required ? html` required` : ''}></label>`;

/** @param seen the `holdKey` of what is shown */
export const approvePage = (page: LinePage & { readonly seen: string }): Html =>
  noticePage(
    frame('Approve this count?', page.viewer),
    html`${about(page)}
<p class="muted">The next sync bills each held day with its own date.</p>
${form(
  page,
  `${PLAN_PATH}/lines/${encodeURIComponent(page.line.id)}/release`,
  html`<input type="hidden" name="seen" value="${page.seen}">${whyField('Reason, if there is one', false)}`,
  'Approve',
)}`,
  );

export interface ExclusionFields {
  readonly reason: string;
  readonly until: string;
  readonly units: string;
}

/** @param page.seen as on the page to approve */
export const excludePage = (
  page: LinePage & { readonly fields: ExclusionFields; readonly seen: string },
): Html =>
  noticePage(
    frame('Exclude counts', page.viewer),
    html`${about(page)}
${form(
  page,
  `${PLAN_PATH}/lines/${encodeURIComponent(page.line.id)}/exclude`,
  html`<input type="hidden" name="seen" value="${page.seen}">${whyField('Why?', true, page.fields.reason)}
<label class="field"><span>Until and including</span><input type="date" name="until" value="${page.fields.until}" min="${page.today}" required></label>
<label class="field"><span>Units to subtract from each day’s count; empty: ${page.show.units(page.line.oldUnits)} units stay in force</span>
<input type="number" name="units" value="${page.fields.units}" min="1" step="1" inputmode="numeric"></label>`,
  'Exclude',
)}`,
  );

/** @param page.seen the `heldDigest` of what is counted here */
export const approveAllPage = (
  page: DecisionPage & {
    readonly module: { readonly id: string; readonly name: string };
    readonly count: number;
    readonly seen: string;
    readonly reason?: string | undefined;
  },
): Html =>
  noticePage(
    frame(`Approve all held of ${page.module.name}?`, page.viewer),
    html`<p><b>${page.count} held ${page.count === 1 ? 'count' : 'counts'}</b></p>
<p class="muted">The next sync bills each held day with its own date.</p>
${form(
  page,
  `${PLAN_PATH}/release`,
  html`<input type="hidden" name="module" value="${page.module.id}"><input type="hidden" name="seen" value="${page.seen}">${whyField('Reason, if there is one', false, page.reason)}`,
  'Approve all',
)}`,
  );

/** Takes a decision back. */
export const undoForm = (query: string, change = ''): Html =>
  html`<form method="post" action="${PLAN_PATH}/undo"${change ? '' : html` hidden`}><input type="hidden" name="query" value="${query}"><input type="hidden" name="change" value="${change}"><button>Undo</button></form>`;

/**
 * What was decided, in a sentence that plan.js shows on the plan instead.
 * @param page.change the decision's entry in the audit, where it can be taken back
 */
export const decidedPage = (
  page: DecisionPage & {
    readonly title: string;
    readonly text: string;
    readonly change?: string | undefined;
  },
): Html =>
  noticePage(
    frame(page.title, page.viewer),
    html`<p data-said="${page.change ?? ''}">${page.text}</p>
<div class="actions"><a class="button" href="${backTo(page.query)}" data-cancel>Back to the plan</a>${page.change ? undoForm(page.query, page.change) : ''}</div>`,
  );

/** Who decided while the form was open. */
export function alreadyText({ decision, line }: LineFate, show: Show): string {
  if (!decision) return `It is not held any more. ${line?.reason.text ?? 'Its service mapping is gone.'}`;
  const verb = decision.kind === 'release' ? 'Approved' : `Excluded until ${show.day(decision.until)}`;
  const reason = decision.reason ? `: ${decision.reason}` : '';
  return `This is decided already. ${verb} by ${decision.by.name}, ${show.instant(decision.at)}${reason}`;
}
