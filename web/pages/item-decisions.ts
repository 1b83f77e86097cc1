import { html } from 'hono/html';
import type { ExplainedHold } from '../../src/usecases/explanation.ts';
import type { Html } from './html.ts';
import type { ItemPageView } from './item-page.ts';

const ENDED: Readonly<Record<ExplainedHold['ended'], string>> = {
  waiting: 'still waiting for a person',
  approved: 'approved',
  excluded: 'excluded',
  returned: 'ended by a count within the limits',
  otherwise: 'no longer held',
};

/** What waited for a person on these days, and what people decided. */
export function itemDecisions({ explanation, show }: ItemPageView): Html {
  const { holds, releases, exclusions } = explanation;
  if (holds.length + releases.length + exclusions.length === 0) return '';
  return html`<section class="panel"><h2>Holds and decisions</h2><ul class="decisions">
${holds.map(
  (hold) =>
    html`<li><span class="tag held">held</span> ${show.day(hold.since)}${hold.through === hold.since ? '' : ` to ${show.day(hold.through)}`}: ${hold.oldUnits} → ${hold.newUnits}, ${ENDED[hold.ended]}</li>`,
)}
${releases.map(
  (release) =>
    html`<li><span class="tag good">approved</span> through ${show.day(release.through)} by ${release.by.name}, ${show.instant(release.at)}${release.reason ? `: ${release.reason}` : ''}</li>`,
)}
${exclusions.map(
  (each) =>
    html`<li><span class="tag">excluded</span> ${each.units === undefined ? 'the counts' : `${each.units} units`}, ${show.day(each.from)} to ${show.day(each.until)}, by ${each.by.name}, ${show.instant(each.at)}: ${each.reason}</li>`,
)}</ul></section>`;
}
