import { html } from 'hono/html';
import { isNegative, type Money } from '../../src/domain/money.ts';
import type { ComparisonView, PsaComparison } from '../../src/usecases/compare-psa.ts';
import type { PsaView } from '../../src/usecases/get-psa.ts';
import type { UnitPushView } from '../../src/usecases/list-unit-pushes.ts';
import { PUSH_DECISIONS, type PushDecision } from '../../src/usecases/resolve-unit-push.ts';
import { may, type Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { noticePage } from './notice-page.ts';
import { signedText } from './plan-table.ts';
import type { Show } from './show.ts';

export const PSA_PATH = '/dashboard/psa';

export interface PsaPageView {
  readonly viewer: Viewer;
  readonly show: Show;
  readonly psa: PsaView;
  /** Those a person is to decide on, and those under way. */
  readonly pushes: {
    readonly undecided: readonly UnitPushView[];
    readonly underWay: readonly UnitPushView[];
  };
  readonly comparison: PsaComparison;
  readonly rows: readonly ComparisonView[];
  readonly all: boolean;
  readonly cursor?: string | undefined;
  readonly nextCursor?: string | undefined;
}

/** The PSA elsewhere: how it was found, what is on its way there, and its figures beside icb's. */
export function psaPage(view: PsaPageView): Html {
  const { viewer, psa, pushes, show } = view;
  return layout(
    { title: psa.name, at: PSA_PATH, viewer },
    html`<header class="page-head"><div>
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li>PSA</li></ol></nav>
<h1>${psa.name}</h1><p>Only a person can approve and post there; icb picks the result up with the next sync.</p></div>
${psa.approveAndPost ? html`<div class="actions"><a class="button primary" href="${psa.approveAndPost}" rel="noreferrer" target="_blank">Approve in ${psa.name} ↗</a></div>` : ''}</header>
${psa.problem ? html`<p class="notice warn" role="alert">${psa.problem}</p>` : ''}
${psa.notice ? html`<p class="notice">${psa.notice}</p>` : ''}
${figures(view)}
${pushes.undecided.length > 0 ? html`<section class="panel held" aria-labelledby="undecided"><header><h2 id="undecided">Needs you</h2></header><ul>${pushes.undecided.map((push) => undecided(push, view))}</ul></section>` : ''}
${pushes.underWay.length > 0 ? html`<section class="panel held" aria-labelledby="under-way"><header><h2 id="under-way">On its way</h2></header><ul>${pushes.underWay.map((push) => html`<li><div class="held-words">${pushWords(push, show)}<p>${push.text}</p></div></li>`)}</ul></section>` : ''}
${sideBySide(view)}`,
  );
}

/** What is shown where the PSA is icb's own. */
export const localPsaPage = (viewer: Viewer): Html =>
  noticePage(
    { title: 'The PSA is icb’s own', at: PSA_PATH, viewer },
    html`<p>Organizations, contracts and services come in by import, and billing items are approved and posted here:
<code>npm run icb -- import FILE.json</code>. To bill through Autotask, set <code>ICB_PSA=autotask</code>.</p>
<p><a class="button" href="/dashboard/items?status=pending">Pending billing items</a></p>`,
  );

const STATES = { done: 'read', failed: 'not reached', unread: 'not read yet' } as const;

function figures({ psa, show }: PsaPageView): Html {
  const { budget, lastRun, pushes } = psa;
  const underWay = pushes.queued + pushes.sending;
  return html`<dl class="figures panel">
<div><dt>Last sync</dt><dd>${STATES[psa.state]}<small>${lastRun ? show.ago(lastRun.at) : 'sync once'}</small></dd></div>
<div><dt>Changes of units on their way</dt><dd>${show.units(underWay)}<small>${show.units(pushes.confirmed)} confirmed so far</small></dd></div>
<div><dt>Needs you</dt><dd>${show.units(psa.needPerson)}<small>${psa.needPerson > 0 ? 'see below' : 'nothing waits'}</small></dd></div>
<div><dt>API calls this hour</dt><dd>${budget ? show.units(budget.used) : '–'}<small>${budget ? `of ${show.units(budget.limit)}, shared by all integrations` : 'not known yet'}</small></dd></div>
</dl>`;
}

const pushWords = (push: UnitPushView, show: Show): Html =>
  html`<b>${push.organization}</b> <span class="muted">${push.service} · ${push.contract}</span>
<p>${push.change > 0 ? '+' : '−'}${show.units(Math.abs(push.change))} units from ${show.day(push.effectiveDate)}${push.monthlyAmount && push.currency ? `, ${signedText(push.monthlyAmount, push.currency, show)} a month` : ''}</p>`;

const DECISIONS: Readonly<Record<PushDecision, string>> = {
  taken: 'It is there',
  again: 'Send it again',
  drop: 'Leave it out',
};

const undecided = (push: UnitPushView, { show, viewer }: PsaPageView): Html => html`<li>
<div class="held-words">${pushWords(push, show)}<p>${push.text}</p></div>
${
  may(viewer, 'approver')
    ? html`<form class="stack" method="post" action="${PSA_PATH}/pushes/${push.id}">
<label class="field"><span>How do you know?</span><input type="text" name="reason" maxlength="500" required></label>
<div class="actions">${PUSH_DECISIONS.map((as) => html`<button name="as" value="${as}" aria-label="${DECISIONS[as]}: ${push.organization}, ${push.service}">${DECISIONS[as]}</button>`)}</div></form>`
    : ''
}</li>`;

function sideBySide(view: PsaPageView): Html {
  const { psa, rows, all, comparison, show, cursor, nextCursor } = view;
  const href = (more: Record<string, string>) => {
    const params = new URLSearchParams({ ...(all ? { all: '1' } : {}), ...more });
    return `${PSA_PATH}${params.size > 0 ? `?${params}` : ''}`;
  };
  return html`<section class="panel" aria-labelledby="side-by-side"><header class="panel-title page-head"><h2 id="side-by-side">Side by side</h2>
<nav class="actions" aria-label="Rows"><a class="button" href="${PSA_PATH}"${all ? '' : html` aria-current="page"`}>Differences</a><a class="button" href="${PSA_PATH}?all=1"${all ? html` aria-current="page"` : ''}>All periods</a></nav></header>
${
  rows.length === 0
    ? html`<p class="empty">${all ? 'Nothing is billed by icb yet.' : `${psa.name} and icb agree on every period.`}</p>`
    : html`<div class="table-frame" tabindex="0" role="region" aria-label="${psa.name} beside icb"><table class="plan-table">
<thead><tr><th scope="col">Organization</th><th scope="col">Service</th><th scope="col">Period</th><th scope="col" class="number">${psa.name}</th><th scope="col" class="number">icb</th><th scope="col" class="number">Difference</th><th scope="col">Why</th></tr></thead>
<tbody>${rows.map((row) => comparisonRow(row, show))}</tbody>
<tfoot>${comparison.totals.map((total) => html`<tr><th scope="row" colspan="3">Sum of all, ${total.currency}</th><td class="number">${show.money(total.theirs, total.currency)}</td><td class="number">${show.money(total.ours, total.currency)}</td>${difference(total.difference, total.currency, show)}<td></td></tr>`)}</tfoot>
</table></div>`
}
${cursor || nextCursor ? html`<nav class="pager" aria-label="Pages"><span>${cursor ? html`<a href="${href({})}">← First page</a>` : ''}</span><span>${nextCursor ? html`<a href="${href({ cursor: nextCursor })}" rel="next">Next page →</a>` : ''}</span></nav>` : ''}</section>`;
}

const difference = (amount: Money, currency: string, show: Show): Html =>
  html`<td class="number ${isNegative(amount) ? 'negative' : ''}">${amount === '0.00' ? '–' : signedText(amount, currency, show)}</td>`;

const comparisonRow = (row: ComparisonView, show: Show): Html => html`<tr>
<th scope="row">${row.organization}<span class="sub">${row.contract}</span></th><td>${row.service}</td>
<td class="nowrap">${show.period(row.period)}</td>
<td class="number">${side(row.theirs, row.currency, show)}</td><td class="number">${side(row.ours, row.currency, show)}</td>
${difference(row.difference, row.currency, show)}
<td>${row.reasons.map(({ text }) => text).join(' ') || 'They agree.'}</td></tr>`;

const side = ({ units, pending, posted }: ComparisonView['theirs'], currency: string, show: Show): Html =>
  html`${show.units(units)} units<span class="sub">${show.money(pending, currency)} pending</span><span class="sub">${show.money(posted, currency)} posted</span>`;
