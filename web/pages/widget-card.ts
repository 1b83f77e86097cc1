import { html, raw } from 'hono/html';
import { markLinks, markText } from '../../src/widgets/mark-links.ts';
import type { WidgetResult } from '../../src/widgets/query.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { ITEMS_PATH, takesRow } from '../widgets/widget-pictures.ts';
import { dataTable } from './data-table.ts';
import type { Html } from './html.ts';

/** What a card shows; the picture is drawn before, so that a failing one can fall back to the last good one. */
export interface WidgetCard {
  readonly definition: WidgetDefinition;
  readonly content:
    | {
        readonly kind: 'figures';
        readonly result: WidgetResult;
        readonly pictures?: { wide: string; phone: string };
      }
    | { readonly kind: 'empty'; readonly text: string }
    | { readonly kind: 'never-synced' }
    | { readonly kind: 'failed' };
  /** Whether it takes a whole row, where the tab says so. */
  readonly full?: boolean | undefined;
  /** What to know about these figures: old, or a module is missing from them. */
  readonly note?: string | undefined;
}

export interface CardContext {
  readonly locale: string;
  /** Whether to offer Sync now: viewers may not. */
  readonly maySync: boolean;
  /** Of a widget that is not saved yet: there is nothing to download. */
  readonly preview?: true;
  /** Whether to offer changing it. */
  readonly mayEdit?: boolean;
  /** The tab it stands on, whose filter its files must have too. */
  readonly tab?: string | undefined;
  /** Apart from a card of the same widget before it: a tab may show one twice, a page has each id once. */
  readonly again?: string;
}

export function widgetCard({ definition, content, note, full }: WidgetCard, context: CardContext): Html {
  const { id, title, description, locale = context.locale, theme } = definition;
  const own = themeMark(theme);
  const place = `${id}${context.again ?? ''}`;
  return html`<section class="panel widget ${(full ?? takesRow(definition)) ? 'full' : ''}"${own} id="widget-${place}" aria-labelledby="title-${place}" data-live>
  <header><div><h2 id="title-${place}">${title}</h2>${description ? html`<p>${description}</p>` : ''}${content.kind === 'figures' ? totals(content.result, locale) : ''}</div>${context.preview ? '' : menu(definition, context.mayEdit === true, context.tab)}</header>
  <div class="widget-body${asTable(content) ? ' flush' : ''}">${note ? html`<p class="tag warn widget-note">${note}</p>` : ''}${body(content, { ...context, locale }, own)}</div>
  ${content.kind === 'figures' && content.pictures ? data(content.result, locale) : ''}
</section>`;
}

const asTable = (content: WidgetCard['content']): boolean => content.kind === 'figures' && !content.pictures;

/** Starts a sync; the page's script shows how it goes, and without it the page comes back at once. */
export const syncForm = (look: 'primary' | ''): Html =>
  html`<form method="post" action="/dashboard/sync" data-sync><button class="${look}">Sync now</button></form>`;

function totals(result: WidgetResult, locale: string): Html {
  const links = markLinks(result, ITEMS_PATH, locale);
  return html`<p class="widget-total">${result.panels.map(
    ({ total }, at) =>
      html`${at > 0 ? ' + ' : ''}${links[total.index]?.href ? html`<a href="${links[total.index]?.href}" aria-label="${result.definition.title}, total ${markText(total, locale)}: show the billing items">${markText(total, locale)}</a>` : markText(total, locale)}`,
  )}</p>`;
}

/** A widget that is asked to be dark or light is so on every display; without it, it goes with the page. */
const themeMark = (theme: WidgetDefinition['theme']): Html => (theme ? html` data-theme="${theme}"` : '');

function body(content: WidgetCard['content'], { locale, maySync }: CardContext, own: Html): Html {
  switch (content.kind) {
    case 'figures':
      return content.pictures ? chart(content.pictures, own) : dataTable(content.result, locale);
    case 'empty':
      return html`<div class="empty"><b>Nothing to show yet</b><p>${content.text}</p></div>`;
    case 'never-synced':
      return html`<div class="empty"><b>No sync has succeeded yet</b>${maySync ? syncForm('') : html`<p>An icb admin can start one.</p>`}</div>`;
    case 'failed':
      return html`<div class="empty"><b>This widget could not be drawn</b><p>The other widgets are fine; try again in a while.</p></div>`;
  }
}

/** Our own renderer's SVG, its text escaped there. The hidden one is neither read out nor reached by the keyboard. */
const chart = ({ wide, phone }: { wide: string; phone: string }, own: Html): Html =>
  html`<div class="chart narrow"${own}>${raw(phone)}</div><div class="chart"${own}>${raw(wide)}</div>`;

const data = (result: WidgetResult, locale: string): Html =>
  html`<details class="data"><summary>Show as table</summary>${dataTable(result, locale)}</details>`;

const onTab = (tab: string | undefined): string => (tab ? `?tab=${encodeURIComponent(tab)}` : '');

const menu = (
  { id, title, chart: kind }: WidgetDefinition,
  mayEdit: boolean,
  tab?: string,
): Html => html`<details class="menu">
<summary aria-label="Menu of ${title}"><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><g fill="currentColor"><circle cx="3" cy="8" r="1.500"/><circle cx="8" cy="8" r="1.500"/><circle cx="13" cy="8" r="1.500"/></g></svg></summary>
<ul>
  ${mayEdit ? html`<li><a href="/dashboard/widgets/${id}/edit">Edit</a></li>` : ''}
  ${kind === 'table' ? '' : html`<li><button type="button" data-live-card="${id}">Interactive chart</button></li>`}
  <li><a href="/api/widgets/${id}.csv${onTab(tab)}" download>CSV</a></li>
  <li><a href="/api/widgets/${id}.png${onTab(tab)}" download="${id}.png">PNG</a></li>
  <li><a href="/api/widgets/${id}.svg${onTab(tab)}" download="${id}.svg">SVG</a></li>
  <li><a href="/api/widgets/${id}/spec${onTab(tab)}">Vega-Lite spec</a></li>
</ul></details>`;
