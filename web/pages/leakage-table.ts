import { html } from 'hono/html';
import { LEAKAGE_REASON_NAMES, LOOK_BACK_DAYS } from '../../src/domain/leakage.ts';
import type { LeakageView } from '../../src/usecases/list-leakage.ts';
import type { Html } from './html.ts';
import type { Show } from './show.ts';

const HEADINGS = [
  ['Module organization'],
  ['Organization'],
  ['Module'],
  ['Billing type'],
  ['Units', 'number'],
  ['A month', 'number'],
  ['Since'],
  ['Why'],
] as const;

export const leakageTable = (rows: readonly LeakageView[], show: Show): Html =>
  html`<div class="table-frame" tabindex="0" role="region" aria-label="Leakage"><table class="leakage-table stacks">
<thead><tr>${HEADINGS.map(([title, look = '']) => html`<th scope="col" class="${look}">${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => leakageRow(row, show))}</tbody>
</table></div>`;

const leakageRow = (row: LeakageView, show: Show): Html => html`<tr>
<th scope="row">${row.moduleOrganization}</th>
<td data-th="Organization">${row.organization ?? '–'}${row.contract ? html`<span class="sub">${row.contract}</span>` : ''}</td>
<td data-th="Module">${row.moduleName}</td>
<td data-th="Billing type">${row.billingTypeLabel}</td>
<td class="number" data-th="Units">${show.units(row.units)}</td>
<td class="number" data-th="A month">${money(row, show)}</td>
<td class="nowrap" data-th="Since">${show.day(row.since)}<span class="sub">${age(row.ageDays)}</span></td>
<td data-th="Why"><span class="tag">${LEAKAGE_REASON_NAMES[row.reason.code]}</span><span class="sub">${row.reason.text}</span></td>
</tr>`;

const money = ({ amount, currency, priceFrom }: LeakageView, show: Show): Html =>
  amount && currency
    ? html`${show.money(amount, currency)}<span class="sub">${priceFrom} price</span>`
    : html`–<span class="sub">no known price</span>`;

function age(days: number): string {
  if (days >= LOOK_BACK_DAYS) return `${LOOK_BACK_DAYS} days or more`;
  return days === 0 ? 'today' : days === 1 ? '1 day' : `${days} days`;
}
