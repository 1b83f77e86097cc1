import { html, raw } from 'hono/html';
import { describe } from '../../src/widgets/describe.ts';
import type { EmbedTheme } from '../../src/widgets/embed-grant.ts';
import { markText } from '../../src/widgets/mark-links.ts';
import type { WidgetResult } from '../../src/widgets/query.ts';
import type { Html } from '../pages/html.ts';
import { embedTable } from './embed-table.ts';
import type { EmbedView } from './embed-view.ts';
import { textDirection } from './text-direction.ts';
import type { ViewerChoice } from './viewer-choices.ts';

export interface EmbedPage {
  readonly title: string;
  readonly theme: EmbedTheme;
  readonly locale: string;
  /** Absent for a single widget, which has its own title. */
  readonly heading?: string;
  readonly views: readonly EmbedView[];
  /** Said where there is no view. */
  readonly nothing?: string;
  /** What a viewer may filter by. */
  readonly choices: readonly ViewerChoice[];
  /** Seconds until the token ends. */
  readonly endsIn?: number | undefined;
  /** The address of a widget's picture for a narrow frame. */
  readonly narrow: (widget: string, theme: 'light' | 'dark') => string;
  /** The address of what a live chart is drawn from; absent where the link allows no interactive charts. */
  readonly live?: (widget: string, theme: EmbedTheme) => string;
  /** The stylesheet, which the policy knows by its hash: no request stands between the page and its first paint. */
  readonly style: string;
  /** Addresses of what may be saved, by widget. */
  readonly files: (widget: string) => readonly { readonly name: string; readonly href: string }[];
}

/** An embed: server-drawn charts, each with its table, and a script that only tells its height and refreshes. */
export function embedPage(page: EmbedPage): Html {
  const { heading, views, endsIn } = page;
  return shell(
    page,
    html`<main class="${heading ? 'tab' : ''}" data-ends="${endsIn ?? ''}">${heading ? html`<h1>${heading}</h1>` : ''}${filters(page.choices)}${views.length === 0 && page.nothing ? html`<p role="status">${page.nothing}</p>` : ''}${views.map((view) => section(view, page))}</main>`,
  );
}

/** Shown by the script that reads them: a sandbox submits no form. */
const filters = (choices: readonly ViewerChoice[]): Html =>
  choices.length === 0
    ? ''
    : html`<div class="choices" role="group" aria-label="Filters" hidden>${choices.map(
        ({ name, label, options }) =>
          html`<label for="filter-${name}">${label} <select id="filter-${name}" data-filter="${name}"><option value="">All</option>${options.map(
            ({ value, label: text, chosen }) =>
              html`<option value="${value}"${chosen ? raw(' selected') : ''}>${text}</option>`,
          )}</select></label>`,
      )}</div>`;

/** Expired, revoked, unknown: a sentence and no data. */
export const noticePage = (text: string, style: string): Html =>
  shell(
    { title: 'icb', theme: 'auto', locale: 'en', style },
    html`<main class="notice"><h1>No chart here</h1><p role="status">${text}</p></main>`,
  );

const shell = (
  { title, theme, locale, style }: Pick<EmbedPage, 'title' | 'theme' | 'locale' | 'style'>,
  main: Html,
): Html => html`<!doctype html>
<html lang="${locale}" dir="${textDirection(locale)}" data-theme="${theme}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${raw(style)}</style>
<script type="module" src="/embed/assets/embed.js"></script></head><body>${main}</body></html>`;

function section(view: EmbedView, page: EmbedPage): Html {
  const { definition, content, note, asOf, theme } = view;
  const { id, title, description, breakDownBy } = definition;
  const level = page.heading
    ? html`<h2 id="title-${id}">${title}</h2>`
    : html`<h1 id="title-${id}">${title}</h1>`;
  const own = theme === page.theme ? '' : html` data-theme="${theme}"`;
  return html`<section class="${breakDownBy || definition.chart === 'table' ? 'full' : ''}"${own} aria-labelledby="title-${id}">${level}${description ? html`<p>${description}</p>` : ''}${note ? html`<p class="note">${note}</p>` : ''}${body(view, page)}<p class="files">${asOf ? html`<span>Counts of ${asOf.slice(0, 10)}</span>` : ''}${content.kind === 'figures' ? page.files(id).map(({ name, href }) => html`<a href="${href}" download>${name}</a>`) : ''}</p></section>`;
}

function body(view: EmbedView, page: EmbedPage): Html {
  const { content, definition, locale } = view;
  switch (content.kind) {
    case 'figures':
      return html`${definition.total === false ? '' : totals(content.result, locale)}${content.wide ? charts(content.wide, view, page) : ''}${content.wide ? foldedTable(content.result, definition.id, locale) : embedTable(content.result, locale)}`;
    case 'failed':
      return html`<p role="status">This widget could not be drawn. Tell your administrator the reference ${content.reference}.</p>`;
    default:
      return html`<p role="status">${content.text}</p>`;
  }
}

/**
 * Where scripts run, a browser reads what stands in `noscript` as one piece of text, and `embed.js` makes the table of it
 * once the charts are painted: two dozen tables have more elements than their charts.
 */
const foldedTable = (result: WidgetResult, id: string, locale: string): Html =>
  html`<details id="data-${id}"><summary>Show as table</summary><noscript>${embedTable(result, locale)}</noscript></details>`;

const totals = (result: WidgetResult, locale: string): Html =>
  html`<p class="total">${result.panels.map((panel) => markText(panel.total, locale)).join(' + ')}</p>`;

/**
 * Our own renderer's SVG, its text escaped there. Where the viewer's display decides, the class `chart` lets the
 * stylesheet turn its colours. The picture for a narrow frame is fetched by narrow frames only.
 */
function charts(wide: string, { definition, content, locale, theme }: EmbedView, page: EmbedPage): Html {
  const turns = theme === 'auto' || theme === 'transparent';
  const words = content.kind === 'figures' ? describe(content.result, locale) : definition.title;
  const dark = html`<source media="(prefers-color-scheme: dark)" srcset="${page.narrow(definition.id, 'dark')}">`;
  const live = page.live ? html` data-live="${page.live(definition.id, theme)}"` : '';
  return html`<div class="figure ${turns ? 'chart' : ''}"${live}>${raw(wide)}</div><picture class="narrow">${turns ? dark : ''}<img loading="lazy" src="${page.narrow(definition.id, theme === 'dark' ? 'dark' : 'light')}" alt="${words}"></picture>`;
}
