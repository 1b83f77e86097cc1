import { html } from 'hono/html';
import { compareMoney, isNegative, type Money, subtractMoney, zero } from '../../src/domain/money.ts';
import { PLAN_ACTIONS } from '../../src/domain/plan.ts';
import type { PlanLineView } from '../../src/usecases/describe-lines.ts';
import type { PlanFilter, PlanList } from '../../src/usecases/list-plan.ts';
import type { PlanTotal } from '../../src/usecases/plan-totals.ts';
import { PLAN_PATH, type PlanQuery, planHref, planParams } from '../plan/plan-query.ts';
import { may, type Viewer } from '../viewer.ts';
import { undoForm } from './decision-pages.ts';
import { heldLines } from './held-lines.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { planTable, signedText } from './plan-table.ts';
import type { Show } from './show.ts';

export interface PlanPageView {
  readonly viewer: Viewer;
  readonly show: Show;
  /** Those enabled. */
  readonly modules: readonly { readonly id: string; readonly name: string }[];
  readonly query: PlanQuery;
  readonly plan: Omit<PlanList, 'lines'>;
  /** Of this page. */
  readonly lines: readonly PlanLineView[];
  /** When counts are held, in words. */
  readonly limits: string;
  readonly cursor?: string | undefined;
  readonly nextCursor?: string | undefined;
}

/** What a run would do now: what waits for a person first, then every line with its money, rule and reason. */
export function planPage(view: PlanPageView): Html {
  const { viewer, show, lines, plan, query } = view;
  const held = lines.filter(({ action }) => action === 'held');
  const others = lines.filter(({ action }) => action !== 'held');
  return layout(
    { title: 'Plan', at: PLAN_PATH, viewer, scripts: ['items.js', 'plan.js'] },
    html`<header class="page-head"><div>
    <nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/dashboard">ICB tab</a></li><li>Plan</li></ol></nav>
    <h1>Plan</h1><p>What a sync would do now, from the last counts stored. ${view.limits}.</p>
</div></header>
<div class="notice with-button" data-decided hidden><span role="status"></span>${undoForm(planParams(query.filter).toString())}</div>
${filterForm(view)}
${
  lines.length === 0
    ? nothing(query.filter)
    : html`${figures(view)}
${heldLines({ lines: held, filter: query.filter, today: plan.date, show, mayDecide: may(viewer, 'operator') })}
${groupTable(view, 'module')}
${groupTable(view, 'organization')}
${others.length > 0 ? html`<section class="panel" aria-label="Lines">${planTable(others, show)}</section>` : ''}
${pager(view)}`
}
<dialog data-decision-dialog></dialog>`,
  );
}

function nothing(filter: PlanFilter): Html {
  const [title, text] =
    Object.keys(filter).length > 0
      ? ['No lines here', 'Choose another action, module or organization above.']
      : [
          'Nothing is mapped to a service yet',
          'Type /icb services in Slack; each mapped billing type is a line.',
        ];
  return html`<section class="panel empty"><b>${title}</b><p>${text}</p></section>`;
}

function figures({ plan: { counts, totals, held }, show, query: { filter } }: PlanPageView): Html {
  const changes = counts.create + counts.change;
  const link = (action: 'held' | 'blocked', count: number): Html =>
    count > 0
      ? html`<a href="${planHref({ ...filter, action })}">${show.units(count)}</a>`
      : html`${show.units(count)}`;
  return html`<dl class="figures panel">
<div><dt>A sync would make</dt><dd>${show.units(changes)} ${changes === 1 ? 'change' : 'changes'}<small>${show.units(counts.none)} ${counts.none === 1 ? 'line stays as it is' : 'lines stay as they are'}</small></dd></div>
<div><dt>Now</dt><dd>${sums(totals, 'amount', show)}<small>in the periods running</small></dd></div>
<div><dt>A month</dt><dd>${sums(totals, 'monthlyAmount', show)}<small>from then on</small></dd></div>
<div><dt>Held</dt><dd>${link('held', counts.held)}<small>${counts.held > 0 ? `${sums(held, 'monthlyAmount', show)} a month` : 'nothing waits'}</small></dd></div>
<div><dt>Blocked</dt><dd>${link('blocked', counts.blocked)}<small>units stay as they are</small></dd></div>
</dl>`;
}

const sums = (totals: readonly PlanTotal[], of: 'amount' | 'monthlyAmount', show: Show): string =>
  totals
    .filter((total) => total[of] !== '0.00')
    .map((total) => signedText(total[of], total.currency, show))
    .join(', ') || '–';

/** More organizations than these are found through the filter. */
const GROUPS_SHOWN = 20;

function groupTable({ plan, show, query: { filter } }: PlanPageView, by: 'module' | 'organization'): Html {
  const groups = [...plan.groups[by]].sort((a, b) => compareSizes(b, a)).slice(0, GROUPS_SHOWN);
  const hidden = plan.groups[by].length - groups.length;
  if (groups.length === 0) return html``;
  const name = by === 'module' ? 'Module' : 'Organization';
  return html`<section class="panel" aria-labelledby="by-${by}"><h2 id="by-${by}" class="panel-title">Changes by ${by}</h2>
<div class="table-frame" tabindex="0" role="region" aria-label="Figures by ${by}"><table>
<thead><tr><th scope="col">${name}</th><th scope="col" class="number">Lines</th><th scope="col" class="number">Units</th><th scope="col" class="number">Now</th><th scope="col" class="number">A month</th></tr></thead>
<tbody>${groups.map(
    (
      group,
    ) => html`<tr><th scope="row"><a href="${planHref({ ...filter, [by]: group.key })}">${group.label}</a></th>
<td class="number">${show.units(group.lines)}</td><td class="number">${group.units > 0 ? '+' : ''}${show.units(group.units).replace('-', '−')}</td>
<td class="number">${sums([group], 'amount', show)}</td><td class="number">${sums([group], 'monthlyAmount', show)}</td></tr>`,
  )}</tbody></table></div>${hidden > 0 ? html`<p class="sub">… and ${show.units(hidden)} more</p>` : ''}</section>`;
}

/** Whichever way money goes. */
const compareSizes = (a: PlanTotal, b: PlanTotal): number =>
  compareMoney(sizeOf(a.monthlyAmount), sizeOf(b.monthlyAmount)) ||
  compareMoney(sizeOf(a.amount), sizeOf(b.amount));

const sizeOf = (amount: Money): Money => (isNegative(amount) ? subtractMoney(zero, amount) : amount);

const pager = ({ query: { filter }, cursor, nextCursor }: PlanPageView): Html =>
  cursor || nextCursor
    ? html`<nav class="pager" aria-label="Pages"><span>${cursor ? html`<a href="${planHref(filter)}">← First page</a>` : ''}</span>
<span>${nextCursor ? html`<a href="${planHref(filter, nextCursor)}" rel="next">Next page →</a>` : ''}</span></nav>`
    : html``;

const option = (value: string, text: string, current: string | undefined): Html =>
  html`<option value="${value}"${value === (current ?? '') ? html` selected` : ''}>${text}</option>`;

const filterForm = ({ modules, query }: PlanPageView): Html => {
  const { filter, organizationName, problem } = query;
  return html`<section class="panel filters" aria-label="Filter">
${problem ? html`<p class="notice warn" role="alert">${problem}</p>` : ''}
<form method="get" action="${PLAN_PATH}">
  <label class="field"><span>Action</span><select name="action">
    ${option('', 'All actions', filter.action)}${PLAN_ACTIONS.map((action) => option(action, action, filter.action))}
  </select></label>
  <label class="field"><span>Module</span><select name="module">
    ${option('', 'All modules', filter.module)}${modules.map(({ id, name }) => option(id, name, filter.module))}
  </select></label>
  <label class="field"><span>Organization</span>
    <input type="search" name="organization" value="${organizationName}" placeholder="Any" list="organizations" autocomplete="off" data-organizations></label>
  <datalist id="organizations"></datalist>
  <button>Filter</button>
</form>
</section>`;
};
