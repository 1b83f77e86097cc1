import { html, raw } from 'hono/html';
import type { CountedDay, DeviceNames } from '../../src/usecases/explanation.ts';
import type { Html } from './html.ts';
import type { ItemPageView } from './item-page.ts';

const noCounts = ({ item: { module }, thinned }: ItemPageView['explanation']): string =>
  module === null
    ? 'No usage count stands behind this item: the PSA held these units before a module was mapped.'
    : thinned.some(({ what }) => what === 'counts')
      ? 'The daily counts of this billing period were thinned; none of them changed its units.'
      : 'No usage count of this billing period is stored.';

/** Counts by day as a chart and as a table. */
export const itemCounts = (
  view: ItemPageView,
): Html => html`<section class="panel flush"><h2>Counts by day</h2>
${
  view.explanation.counts.length === 0
    ? html`<p class="muted filters">${noCounts(view.explanation)}</p>`
    : html`${chart(view)}${table(view)}`
}</section>`;

/** Our own renderer's SVG, its text escaped there. */
const chart = ({ picture }: ItemPageView): Html =>
  picture
    ? html`<div class="counts-chart"><div class="chart narrow">${raw(picture.phone)}</div><div class="chart">${raw(picture.wide)}</div></div>`
    : '';

function table(view: ItemPageView): Html {
  const { counts, item } = view.explanation;
  const differs = counts.some(({ quantity, units }) => units !== quantity && quantity !== null);
  return html`<div class="table-frame tall" tabindex="0" role="region" aria-label="Counts by day"><table>
<thead><tr><th scope="col">Day</th><th scope="col" class="number">Count</th>${differs ? html`<th scope="col" class="number">Units</th>` : ''}<th scope="col">Module organizations</th></tr></thead>
<tbody>${counts.toReversed().map((day) => row(day, view, differs, day.date === item.itemDate))}</tbody></table></div>`;
}

const row = (day: CountedDay, { show }: ItemPageView, differs: boolean, isItem: boolean): Html =>
  html`<tr${isItem ? html` class="item-day"` : ''}><th scope="row" class="nowrap">${show.day(day.date)}${isItem ? html` <span class="tag">item date</span>` : ''}${marks(day)}</th>
<td class="number">${day.quantity === null ? html`<span class="tag warn">unknown</span>` : show.units(day.quantity)}</td>
${differs ? html`<td class="number">${day.units === null ? '–' : show.units(day.units)}</td>` : ''}
<td>${day.moduleOrganizations.map((one) => `${one.name}: ${one.quantity ?? 'unknown'}`).join(', ')}</td></tr>`;

const marks = ({ held, excluded }: CountedDay): Html =>
  html`${held ? html` <span class="tag held">held</span>` : ''}${
    excluded === undefined
      ? ''
      : html` <span class="tag">${excluded === 'all' ? 'count excluded' : `${excluded} excluded`}</span>`
  }`;

/** Who came and went, and all devices of the day, folded. */
export function itemDevices({ explanation, show }: ItemPageView): Html {
  const { deviceChange, counts } = explanation;
  const day = counts.find((each) => each.devices);
  const notes = counts.flatMap((each) => each.notes ?? []);
  if (!deviceChange && !day?.devices?.length && notes.length === 0) return '';
  return html`<section class="panel"><h2>Devices</h2>
${notes.map((note) => html`<p class="muted">${note}</p>`)}
${
  deviceChange
    ? html`<p class="muted">Between ${show.day(deviceChange.from)} and ${show.day(deviceChange.to)}</p>
<dl class="facts"><dt>Came</dt><dd>${named(deviceChange.came)}</dd><dt>Went</dt><dd>${named(deviceChange.went)}</dd></dl>`
    : ''
}
${
  day?.devices && day.devices.length > 0
    ? html`<details class="devices"><summary>${show.units(day.devices.length + (day.moreDevices ?? 0))} devices on ${show.day(day.date)}</summary>
<ul>${day.devices.map((name) => html`<li>${name}</li>`)}${day.moreDevices ? html`<li class="muted">and ${show.units(day.moreDevices)} more</li>` : ''}</ul></details>`
    : ''
}</section>`;
}

const named = ({ names, more }: DeviceNames): Html =>
  names.length === 0
    ? html`<span class="muted">none</span>`
    : html`<b>${names.length + more}</b>: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
