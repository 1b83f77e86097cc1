import { html } from 'hono/html';
import { daysBetween, type IsoDate } from '../../src/domain/calendar.ts';
import type { PlanLineView } from '../../src/usecases/describe-lines.ts';
import type { PlanFilter } from '../../src/usecases/list-plan.ts';
import { decideHref } from '../plan/plan-query.ts';
import type { Html } from './html.ts';
import { ruleText, signedText, unitsText } from './plan-table.ts';
import type { Show } from './show.ts';

export interface HeldLinesView {
  readonly lines: readonly PlanLineView[];
  readonly filter: PlanFilter;
  readonly today: IsoDate;
  readonly show: Show;
  readonly mayDecide: boolean;
}

/** Counts that wait for a person, module by module, each with what can be decided. */
export function heldLines(view: HeldLinesView): Html {
  return html`${[...Map.groupBy(view.lines, (line) => line.module)].map(([module, lines]) => heldModule(module, lines, view))}`;
}

function heldModule(module: string, lines: readonly PlanLineView[], view: HeldLinesView): Html {
  const name = lines[0]?.moduleName ?? module;
  return html`<section class="panel held" aria-labelledby="held-${module}">
<header><h2 id="held-${module}">Held · ${name}</h2>
${view.mayDecide ? html`<a class="button" href="${decideHref('release', view.filter, { module })}" data-decide>Approve all held of ${name}</a>` : ''}</header>
<ul>${lines.map((line) => heldLine(line, view))}</ul></section>`;
}

const heldLine = (line: PlanLineView, view: HeldLinesView): Html => html`<li>
<div class="held-words"><b>${line.organization}</b> <span class="muted">${line.service} · ${line.billingTypeLabel}</span>
<p>${line.reason.text} <span class="muted">Rule: ${ruleText(line)}.</span></p></div>
${heldFigures(line, view)}
${view.mayDecide ? heldButtons(line, view.filter) : ''}
</li>`;

export const heldFigures = (
  line: PlanLineView,
  { show, today }: Pick<HeldLinesView, 'show' | 'today'>,
): Html =>
  html`<dl class="held-figures">
<div><dt>Units</dt><dd>${unitsText(line, show)}</dd></div>
<div><dt>Held since</dt><dd>${show.day(line.heldSince ?? line.effectiveDate)} <small>${age(line, today)}</small></dd></div>
<div><dt>From</dt><dd>${show.day(line.effectiveDate)}</dd></div>
<div><dt>${line.effectiveDate > today ? 'That period' : 'This period'}</dt><dd>${signedText(line.amount, line.currency, show)}</dd></div>
<div><dt>A month</dt><dd>${signedText(line.monthlyAmount, line.currency, show)}</dd></div>
</dl>`;

function age({ heldSince, effectiveDate }: PlanLineView, today: IsoDate): string {
  const days = daysBetween(heldSince ?? effectiveDate, today);
  return days <= 0 ? 'today' : days === 1 ? '1 day' : `${days} days`;
}

function heldButtons({ id, organization }: PlanLineView, filter: PlanFilter): Html {
  const path = (verb: string) => decideHref(`lines/${encodeURIComponent(id)}/${verb}`, filter);
  return html`<div class="actions">
<a class="button primary" href="${path('release')}" data-decide aria-label="Approve the count of ${organization}">Approve</a>
<a class="button" href="${path('exclude')}" data-decide aria-label="Exclude counts of ${organization}">Exclude…</a></div>`;
}
