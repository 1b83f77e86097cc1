import { html } from 'hono/html';
import { isNegative } from '../../src/domain/money.ts';
import type { UnitRule } from '../../src/domain/service-mapping.ts';
import type { PlanLineView } from '../../src/usecases/describe-lines.ts';
import type { Html } from './html.ts';
import type { Show } from './show.ts';

const HEADINGS = [
  ['Action'],
  ['Organization'],
  ['Service'],
  ['Billing type'],
  ['Units', 'number'],
  ['From'],
  ['This period', 'number'],
  ['A month', 'number'],
  ['Rule'],
  ['Why'],
] as const;

/** Lines of the plan that nobody has to decide. */
export const planTable = (lines: readonly PlanLineView[], show: Show): Html =>
  html`<div class="table-frame" tabindex="0" role="region" aria-label="Lines of the plan"><table class="plan-table stacks">
<thead><tr>${HEADINGS.map(([title, look = '']) => html`<th scope="col" class="${look}">${title}</th>`)}</tr></thead>
<tbody>${lines.map((line) => planRow(line, show))}</tbody>
</table></div>`;

const planRow = (line: PlanLineView, show: Show): Html => html`<tr>
<td data-th="Action"><span class="tag ${line.action}">${line.action}</span></td>
<th scope="row">${line.organization}<span class="sub">${line.contract}</span></th>
<td data-th="Service">${line.service}</td>
<td data-th="Billing type">${line.billingTypeLabel}<span class="sub">${line.moduleName}</span></td>
<td class="number" data-th="Units">${unitsText(line, show)}</td>
<td class="nowrap" data-th="From">${show.day(line.effectiveDate)}</td>
<td class="number" data-th="This period">${change(line.amount, line, show)}</td>
<td class="number" data-th="A month">${change(line.monthlyAmount, line, show)}</td>
<td data-th="Rule">${ruleText(line)}</td>
<td data-th="Why">${line.reason.text}</td>
</tr>`;

export const unitsText = ({ oldUnits, newUnits }: PlanLineView, show: Show): string =>
  oldUnits === newUnits ? show.units(newUnits) : `${show.units(oldUnits)} → ${show.units(newUnits)}`;

const change = (amount: PlanLineView['amount'], { currency }: PlanLineView, show: Show): string =>
  amount === '0.00' ? '–' : signedText(amount, currency, show);

/** `+$87.50`, `−$40.00`. */
export const signedText = (amount: PlanLineView['amount'], currency: string, show: Show): string =>
  `${isNegative(amount) ? '' : '+'}${show.money(amount, currency)}`.replace('-', '−');

const RULES: Readonly<Record<UnitRule, string>> = {
  'prorate-daily': 'prorated daily',
  'next-period': 'next period',
  peak: 'peak',
};

export function ruleText({ unitRule, dropRule }: PlanLineView): string {
  if (!unitRule) return '–';
  return dropRule ? `${RULES[unitRule]}, drops ${RULES[dropRule]}` : RULES[unitRule];
}
