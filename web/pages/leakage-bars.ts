import { html } from 'hono/html';
import type { LeakageGroup, LeakageSum } from '../../src/usecases/leakage-totals.ts';
import type { Html } from './html.ts';
import type { Show } from './show.ts';

/** `$1,020.00`, or `$1,020.00 + €80.00`; nothing where no price is known. */
export const amountsText = ({ amounts }: Pick<LeakageSum, 'amounts'>, show: Show): string =>
  amounts.map(({ amount, currency }) => show.money(amount, currency)).join(' + ');

/** A bar per group by its units, with the units and the money written out beside it. */
export function leakageBars(
  groups: readonly LeakageGroup[],
  show: Show,
  hrefOf?: (key: string) => string,
): Html {
  const most = Math.max(1, ...groups.map(({ units }) => units));
  return html`<ul class="bars">${groups.map(({ key, label, units, amounts }) => {
    const money = amountsText({ amounts }, show);
    return html`<li><span class="bar-label">${hrefOf ? html`<a href="${hrefOf(key)}">${label}</a>` : label}</span>
<span class="bar-figure">${show.units(units)} ${units === 1 ? 'unit' : 'units'}${money ? html` <span class="muted">· ${money}</span>` : ''}</span>
${bar((units / most) * 100)}</li>`;
  })}</ul>`;
}

/** An SVG because the page allows no inline style. */
const bar = (percent: number): Html =>
  html`<svg class="bar-line" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-ground" width="100" height="6"/><rect class="bar-fill" width="${Math.max(1, percent).toFixed(1)}" height="6"/></svg>`;
