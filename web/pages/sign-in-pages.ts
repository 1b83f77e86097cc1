import { html } from 'hono/html';
import type { Html } from './html.ts';
import { noticePage } from './notice-page.ts';

/** The button, not the link, uses the link up: Slack and mail scanners open links to preview them. */
export const signInPage = (token: string): Html =>
  noticePage(
    { title: 'Sign in to icb' },
    html`<p>This link signs you in to the ICB tab on this browser for 12 hours. It works once.</p>
<form method="post" action="/sign-in/${token}"><button class="primary wide">Sign in</button></form>
<p class="muted">Not you who asked for it? Close this page; nothing happens.</p>`,
  );

export const expiredLinkPage = (): Html =>
  noticePage(
    { title: 'This sign-in link has expired' },
    html`<p>It has expired or was already used. Type <kbd>/icb dashboard</kbd> in Slack for a new one.</p>`,
  );

export const signedOutPage = (): Html =>
  noticePage(
    { title: 'You are signed out' },
    html`<p>To come back, type <kbd>/icb dashboard</kbd> in Slack.</p>`,
  );
