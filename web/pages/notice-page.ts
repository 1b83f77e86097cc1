import { html } from 'hono/html';
import type { Problem } from '../middleware/problem-details.ts';
import type { Html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';

/** A page that says one thing. */
export const noticePage = (frame: PageFrame, text: Html, heading: string = frame.title): Html =>
  layout(frame, html`<section class="notice-page panel"><h1>${heading}</h1>${text}</section>`);

/** What people see instead of problem details. */
export function problemPage(problem: Problem, frame: Omit<PageFrame, 'title'>): Html {
  if (problem.status === 401) return signedOutPage();
  return noticePage(
    { ...frame, title: problem.title },
    html`<p>${problem.detail}</p>
${problem.reference ? html`<p class="muted">Reference <code>${problem.reference}</code></p>` : ''}
${frame.viewer ? html`<p><a class="button" href="/dashboard">Back to the ICB tab</a></p>` : ''}`,
  );
}

const signedOutPage = (): Html =>
  noticePage(
    { title: 'Sign in from Slack' },
    html`<p>icb has no passwords. Type <kbd>/icb dashboard</kbd> in Slack; icb answers with a sign-in link that only
you can see and that works once.</p>`,
  );
