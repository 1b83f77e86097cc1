import { html } from 'hono/html';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import type { Prerequisite } from '../../src/usecases/prerequisites.ts';
import { may, type Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { Show } from './show.ts';
import { syncForm, type WidgetCard, widgetCard } from './widget-card.ts';

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly href?: string;
}

export interface DashboardView {
  readonly viewer: Viewer;
  readonly show: Show;
  readonly locale: string;
  readonly lastRun?: SyncRun | undefined;
  readonly figures: readonly Figure[];
  /** What bills nowhere; empty until something has been counted. */
  readonly leakage: Html;
  readonly cards: readonly WidgetCard[];
  readonly tabs: readonly {
    readonly id: string;
    readonly name: string;
    readonly group?: string | undefined;
    readonly current: boolean;
  }[];
  /** The id of the tab that is shown, where people may change it. */
  readonly editable?: string | undefined;
  /** What is left to do before anything can be billed; absent once a module is enabled. */
  readonly steps?: readonly Prerequisite[] | undefined;
  /** Modules whose last sync failed, in a sentence each. */
  readonly problems: readonly string[];
  readonly everSynced: boolean;
}

/** The ICB tab. Parts marked `data-live` are replaced when they change, without a reload. */
export function dashboardPage(view: DashboardView): Html {
  const maySync = may(view.viewer, 'operator');
  return layout(
    {
      title: 'ICB tab',
      at: '/dashboard',
      viewer: view.viewer,
      scripts: ['dashboard.js', 'menus.js', 'live-card.js'],
    },
    html`<header class="page-head">
  <div><h1>Integrated Customer Billing</h1>${freshness(view)}</div>
  <div class="actions">${maySync && view.editable ? html`<a class="button" href="/dashboard/tabs/${view.editable}/edit">Edit this tab</a>` : ''}<a class="button" href="/dashboard/widgets">Widgets and tabs</a>${maySync && !view.steps ? syncForm('primary') : ''}</div>
</header>
<div class="notice" role="status" id="sync-notice" data-sync-notice hidden></div>
<div id="problems" class="stack" data-live>${view.problems.map((text) => html`<p class="notice warn">${text}</p>`)}</div>
${view.steps ? firstSteps(view.steps) : ''}
${view.everSynced ? figures(view.figures) : ''}
${view.leakage}
${tabList(view.tabs)}
<div class="widgets" id="widgets">${view.cards.map((card, at) => widgetCard(card, { ...apart(view.cards, at), locale: view.locale, maySync, mayEdit: maySync, tab: view.editable }))}</div>`,
  );
}

/** Marks off the second and later cards of a widget. */
function apart(cards: DashboardView['cards'], at: number): { again?: string } {
  const id = cards[at]?.definition.id;
  const before = cards.slice(0, at).filter((card) => card.definition.id === id).length;
  return before > 0 ? { again: `.${before + 1}` } : {};
}

/** Only once there is a choice; tabs of a group behind its name. */
function tabList(tabs: DashboardView['tabs']): Html {
  if (tabs.length < 2) return '';
  const groups = [...Map.groupBy(tabs, ({ group }) => group ?? '')];
  return html`<nav class="tab-list" aria-label="Tabs">${groups.map(
    ([group, own]) =>
      html`${group ? html`<span class="tab-group">${group}</span>` : ''}${own.map(
        ({ id, name, current }) =>
          html`<a href="/dashboard?tab=${id}"${current ? html` aria-current="page"` : ''}>${name}</a>`,
      )}`,
  )}</nav>`;
}

const RESULT = {
  queued: 'waiting',
  running: 'running',
  done: 'done',
  partial: 'partly done',
  failed: 'failed',
};

const freshness = ({ lastRun, show }: DashboardView): Html =>
  html`<p id="freshness" data-live>${
    lastRun
      ? html`Last sync: <time datetime="${lastRun.finishedAt ?? lastRun.startedAt}" title="${show.instant(lastRun.finishedAt ?? lastRun.startedAt)}">${show.ago(lastRun.finishedAt ?? lastRun.startedAt)}</time> <span class="tag ${lastRun.state}">${RESULT[lastRun.state]}</span>`
      : 'Never synced'
  }</p>`;

const figures = (all: readonly Figure[]): Html =>
  html`<dl class="figures panel" id="figures" data-live>${all.map(
    ({ name, value, note, href }) =>
      html`<div><dt>${name}</dt><dd>${href ? html`<a href="${href}">${value}</a>` : value}<small>${note}</small></dd></div>`,
  )}</dl>`;

/** The checklist of the first day. Modules, mappings and services are set up in Slack. */
const firstSteps = (
  checks: readonly Prerequisite[],
): Html => html`<section class="panel steps" aria-labelledby="steps-title">
<div><h2 id="steps-title">Enable a module first</h2>
<p class="muted">Type <kbd>/icb enable</kbd> in Slack. Billing items by module appear here after the first sync.</p></div>
<ol>${checks.map(
  ({ ok, text, todo }) =>
    html`<li class="${ok ? 'ok' : ''}"><span class="mark" role="img" aria-label="${ok ? 'done' : 'to do'}">${ok ? '✓' : '!'}</span><span>${text}${todo ? html` <span class="muted">${todo}</span>` : ''}</span></li>`,
)}${NEXT.map(
  ([command, text], at) =>
    html`<li><span class="mark" role="img" aria-label="step ${at + 1}">${at + 1}</span><span><kbd>${command}</kbd> ${text}</span></li>`,
)}</ol></section>`;

const NEXT = [
  ['/icb enable', 'switch a module on, then Sync now'],
  ['/icb map', 'map its organizations to yours'],
  ['/icb services', 'map billing types to contract services'],
  ['/icb sync now', 'count, plan and fill pending billing items'],
] as const;
