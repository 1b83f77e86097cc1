import { html } from 'hono/html';
import type { LeakageReason } from '../../src/domain/leakage.ts';
import type { Leakage } from '../../src/usecases/list-leakage.ts';
import { LEAKAGE_PATH, leakageHref } from '../leakage/leakage-query.ts';
import type { Html } from './html.ts';
import { amountsText, leakageBars } from './leakage-bars.ts';
import type { Show } from './show.ts';

/** What bills nowhere, on the ICB tab: how much, and a bar per reason that leads to its rows. */
export function leakageCard({ totals }: Leakage, show: Show): Html {
  const { units, byReason } = totals;
  return html`<section class="panel widget leakage" id="leakage" aria-labelledby="title-leakage" data-live>
  <header><div><h2 id="title-leakage">Leakage</h2>${
    units > 0
      ? html`<p class="widget-total"><a href="${LEAKAGE_PATH}">${headline(totals, show)}</a></p>`
      : html`<p>Everything that is counted is billed.</p>`
  }</div></header>
  ${units > 0 ? html`<div class="widget-body">${leakageBars(byReason, show, (reason) => leakageHref({ reason: reason as LeakageReason }))}</div>` : ''}
</section>`;
}

/** `214 units · $1,020.00 a month bill nowhere`. */
function headline(totals: Leakage['totals'], show: Show): string {
  const money = amountsText(totals, show);
  const count = `${show.units(totals.units)} ${totals.units === 1 ? 'unit' : 'units'}`;
  return `${count}${money ? ` · ${money} a month` : ''} ${totals.units === 1 && !money ? 'bills' : 'bill'} nowhere`;
}
