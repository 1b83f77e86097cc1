import { html } from 'hono/html';
import type { Viewer } from '../viewer.ts';
import type { Html } from './html.ts';

const NAVIGATION = [
  ['/dashboard', 'ICB tab'],
  ['/dashboard/mappings', 'Mapping'],
  ['/dashboard/items', 'Billing items'],
  ['/dashboard/plan', 'Plan'],
  ['/dashboard/usage', 'Usage'],
  ['/dashboard/leakage', 'Leakage'],
  ['/dashboard/psa', 'PSA'],
  ['/dashboard/activity', 'Activity'],
  ['/dashboard/settings', 'Settings'],
  ['/docs', 'API'],
] as const;

const FOR_ADMINS: (typeof NAVIGATION)[number][0] = '/dashboard/settings';

export interface PageFrame {
  readonly title: string;
  /** Path of the navigation entry that is open. */
  readonly at?: (typeof NAVIGATION)[number][0];
  /** Absent on pages for people who are not signed in. */
  readonly viewer?: Viewer;
  /** Names of modules in web/public. */
  readonly scripts?: readonly string[];
}

/** The whole page around `main`. */
export const layout = (frame: PageFrame, main: Html): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${frame.title} · icb</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/icb.css">
${(frame.scripts ?? []).map((name) => html`<script type="module" src="/assets/${name}"></script>`)}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
  <div class="bar">
    <a class="brand" href="/dashboard"><img src="/assets/icon.svg" alt="" width="24" height="24"> icb</a>
    ${frame.viewer ? navigation(frame) : ''}
    ${frame.viewer ? person(frame.viewer) : ''}
  </div>
</header>
<main id="main" tabindex="-1">${main}</main>
</body>
</html>`;

const navigation = (frame: PageFrame): Html => html`<nav aria-label="Main">
  <ul>${NAVIGATION.filter(([path]) => path !== FOR_ADMINS || frame.viewer?.role === 'admin').map(
    ([path, name]) =>
      html`<li><a href="${path}"${path === frame.at ? html` aria-current="page"` : ''}>${name}</a></li>`,
  )}</ul>
</nav>`;

const person = (viewer: Viewer): Html => html`<div class="person">
  <span class="who"><b>${viewer.name}</b> <span class="tag">${viewer.role}</span></span>
  <form method="post" action="/sign-out"><button class="quiet">Sign out</button></form>
</div>`;
