import { setImmediate as nextTurn } from 'node:timers/promises';
import { IcbError } from '../../src/domain/errors.ts';
import { findTab } from '../../src/usecases/tabs.ts';
import { widgetDefinition } from '../../src/usecases/widget-data.ts';
import { describe } from '../../src/widgets/describe.ts';
import {
  EMBED_THEMES,
  type EmbedGrant,
  type EmbedTheme,
  hiddenBecause,
} from '../../src/widgets/embed-grant.ts';
import { tabToCsv } from '../../src/widgets/tab-to-csv.ts';
import { toCsv } from '../../src/widgets/to-csv.ts';
import { tabToVegaLite, toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import { viewerFilter } from '../../src/widgets/viewer-filter.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { WidgetFilters } from '../../src/widgets/widget-filters.ts';
import { attachment } from '../attachment.ts';
import type { Answer } from './embed-cache.ts';
import { embedPage } from './embed-page.ts';
import {
  type EmbedView,
  embedTheme,
  type embedViews,
  readScoped,
  type ViewParts,
  WIDTHS,
} from './embed-view.ts';
import { liveChart } from './live-chart.ts';
import type { Opened } from './open-grant.ts';
import { type ViewerChoice, viewerChoices } from './viewer-choices.ts';

export type Form = 'html' | 'svg' | 'png' | 'csv' | 'vl.json' | 'vg.json';

export interface Asked {
  readonly kind: 'widgets' | 'tabs';
  readonly id: string;
  readonly form: Form;
  readonly token: string;
  readonly theme: string | undefined;
  readonly now: number;
  /** The picture that stands in the page of a narrow frame: no title, no ground; not to be saved. */
  readonly narrow: boolean;
  /** To be saved, not shown: a frame without an origin cannot say so by a link's `download`, and would go there. */
  readonly download: boolean;
  /** What the viewer filters by, as the address says; not checked yet. */
  readonly chosen: ReadonlyMap<string, readonly string[]>;
  readonly style: string;
}

const PNG_WIDTH = 1200;

/** The same words for what does not exist and what this link does not open: ids cannot be tried out. */
const notHere = (): IcbError => new IcbError('unauthorized', 'This link does not open what it is used for.');
const notAllowed = (): IcbError => new IcbError('forbidden', 'This link does not allow that to be saved.');

interface Shown {
  readonly name: string;
  readonly heading?: string;
  readonly definitions: readonly WidgetDefinition[];
  readonly filters: readonly WidgetFilters[];
  /** Why other widgets of the tab are not shown, each reason once. */
  readonly hidden?: readonly string[];
}

/** What the grant opens of what is asked for; a tab's link opens the tab and each widget on it. */
async function shownTo(parts: ViewParts, grant: EmbedGrant, { kind, id }: Asked): Promise<Shown> {
  const { core } = parts.deps;
  if (kind === 'widgets' && grant.widget === id) {
    const definition = await widgetDefinition(core, id);
    return { name: definition.title, definitions: [definition], filters: [] };
  }
  if (grant.tab === undefined) throw notHere();
  const tab = await findTab(core, grant.tab);
  if (kind === 'tabs' && tab.id === id) {
    const definitions = await Promise.all(tab.widgets.map((widget) => widgetDefinition(core, widget)));
    const visible = definitions.filter((definition) => !hiddenBecause(grant, definition));
    const hidden = [...new Set(definitions.flatMap((definition) => hiddenBecause(grant, definition) ?? []))];
    return { name: tab.name, heading: tab.name, definitions: visible, filters: [tab.filters], hidden };
  }
  if (kind !== 'widgets' || !tab.widgets.includes(id)) throw notHere();
  const definition = await widgetDefinition(core, id);
  return { name: definition.title, definitions: [definition], filters: [tab.filters] };
}

function checkForm({ capabilities }: EmbedGrant, form: Form): void {
  const { csv, spec, pictures, interactive } = capabilities;
  const may = { html: true, csv, 'vl.json': spec, 'vg.json': interactive, svg: pictures, png: pictures };
  if (!may[form]) throw notAllowed();
}

/** What the address says goes before what the link says. */
function themed(grant: EmbedGrant, asked: string | undefined): EmbedGrant {
  const theme = EMBED_THEMES.find((each) => each === asked);
  return theme ? { ...grant, theme } : grant;
}

/** Everything an embed can answer, from a verified grant only. Errors: `unauthorized`, `forbidden`, `not-found`. */
export async function answerEmbed(
  parts: ViewParts & { readonly viewOf: ReturnType<typeof embedViews> },
  { grant: opened, endsAt }: Opened,
  asked: Asked,
): Promise<Answer> {
  const grant = themed(opened, asked.theme);
  const own = viewerFilter(grant, asked.chosen);
  const all = await shownTo(parts, grant, asked);
  const shown = { ...all, filters: [...all.filters, own] };
  if (!(asked.narrow && asked.form === 'svg')) checkForm(grant, asked.form);
  if (asked.form === 'html') {
    const choices = await viewerChoices(parts.deps, grant, all, own);
    return page(parts, { grant, endsAt, shown, asked, choices });
  }

  const hidden = shown.definitions.map((definition) => hiddenBecause(grant, definition)).find(Boolean);
  if (hidden) throw new IcbError('forbidden', hidden);
  // One picture of several widgets speaks one language, whichever each has for itself.
  const look = localeOf(parts, grant, shown);
  const read = shown.definitions.map((definition) =>
    readScoped(parts, { ...grant, ...look }, definition, shown.filters),
  );
  const results = (await Promise.all(read)).map((data) => data.result);
  const [first] = results;
  if (!first) throw new IcbError('forbidden', 'This link shows none of the widgets of this tab.');
  const theme = embedTheme(grant, shown.heading ? undefined : first.definition);
  const options = {
    theme: theme === 'dark' ? ('dark' as const) : ('light' as const),
    ...look,
    ...(asked.narrow && { width: WIDTHS.narrow, title: false, transparent: true }),
  };
  const spec = shown.heading ? tabToVegaLite(shown.heading, results, options) : toVegaLite(first, options);
  const words = {
    title: shown.name,
    description: results.map((one) => describe(one, options.locale)).join(' '),
  };
  switch (asked.form) {
    case 'svg':
      return file(asked, 'image/svg+xml; charset=utf-8', await parts.pictures.svg(spec, words));
    case 'png':
      return file(asked, 'image/png', await parts.pictures.png(spec, { ...words, width: PNG_WIDTH }));
    case 'vl.json':
      return typed('application/json; charset=utf-8', JSON.stringify(spec));
    case 'vg.json': {
      const locale = options.locale;
      const live = await liveChart(parts.deps.picture, first, { theme: options.theme, locale });
      if (live === undefined || shown.heading)
        throw new IcbError('not-found', 'There is no live chart of this.');
      const json = typed('application/json; charset=utf-8', live);
      return { ...json, headers: { ...json.headers, ...FOR_PAGES } };
    }
    case 'csv': {
      const csv = shown.heading ? tabToCsv(results) : toCsv(first);
      return file({ ...asked, download: true }, 'text/csv; charset=utf-8', csv);
    }
  }
}

/** A page in a sandbox has no origin; what it asks for is a request from "null". */
const FOR_PAGES = { 'Access-Control-Allow-Origin': 'null' };

const typed = (type: string, body: string | Uint8Array): Answer => ({
  body,
  headers: { 'Content-Type': type },
});

/** A picture stands in other pages as well: it is a download only where it was asked for as one. */
function file({ id, form, download }: Asked, type: string, body: string | Uint8Array): Answer {
  const { headers } = typed(type, body);
  return { body, headers: { ...headers, ...(download && { 'Content-Disposition': attachment(id, form) }) } };
}

/** What every address of a page ends in: its viewer's filters and its token. */
function addressEnd({ token, chosen }: Asked): string {
  const params = new URLSearchParams();
  for (const [name, values] of chosen) for (const value of values) params.append(`f.${name}`, value);
  params.set('t', token);
  return String(params);
}

/** The link's language, else the widget's own where there is one widget, else icb's. */
const localeOf = ({ deps }: ViewParts, { locale }: EmbedGrant, { definitions: [first, ...more] }: Shown) => ({
  locale: locale ?? (more.length === 0 ? first?.locale : undefined) ?? deps.settings.locale,
});

/** For a tab without any widget to show; a heading alone looks like a fault. */
const nothingShown = ({ hidden = [] }: Shown): string =>
  hidden.length > 0
    ? ['This link shows none of the widgets of this tab.', ...hidden].join(' ')
    : 'There is no widget on this tab.';

async function page(
  { viewOf, ...parts }: ViewParts & { readonly viewOf: ReturnType<typeof embedViews> },
  {
    grant,
    endsAt,
    shown,
    asked,
    choices,
  }: {
    grant: EmbedGrant;
    endsAt: number | undefined;
    shown: Shown;
    asked: Asked;
    choices: readonly ViewerChoice[];
  },
): Promise<Answer> {
  // One after another into turns of their own: two dozen at once would hold the event loop.
  const begun: Promise<EmbedView>[] = [];
  for (const definition of shown.definitions) {
    if (begun.length > 0) await nextTurn();
    begun.push(viewOf(grant, definition, shown.filters));
  }
  const views = await Promise.all(begun);
  const files = [
    ...(grant.capabilities.csv ? (['csv'] as const) : []),
    ...(grant.capabilities.pictures ? (['png', 'svg'] as const) : []),
  ];
  const rest = addressEnd(asked);
  const markup = embedPage({
    choices,
    title: shown.name,
    theme: embedTheme(grant, shown.heading ? undefined : shown.definitions[0]),
    ...localeOf(parts, grant, shown),
    ...(shown.heading && { heading: shown.heading, nothing: nothingShown(shown) }),
    views,
    endsIn: endsAt === undefined ? undefined : Math.max(0, Math.ceil((endsAt - asked.now) / 1000)),
    style: asked.style,
    narrow: (widget, ground) => `/embed/widgets/${widget}.svg?narrow=1&theme=${ground}&${rest}`,
    ...(grant.capabilities.interactive && {
      live: (widget: string, theme: EmbedTheme) => `/embed/widgets/${widget}.vg.json?theme=${theme}&${rest}`,
    }),
    files: (widget) =>
      files.map((form) => ({
        name: form.toUpperCase(),
        href: `/embed/widgets/${widget}.${form}?${rest}&download=1`,
      })),
  });
  const { headers, body } = typed('text/html; charset=utf-8', String(await markup));
  return { body, headers: { ...headers, ...FOR_PAGES } };
}
