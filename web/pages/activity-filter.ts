import { html } from 'hono/html';
import { ACTIVITY_RESULTS } from '../../src/usecases/activity-filter.ts';
import { ACTIVITY_PATH, type ActivityQuery } from '../activity/activity-query.ts';
import type { Html } from './html.ts';

const option = (value: string, text: string, current = ''): Html =>
  html`<option value="${value}"${value === current ? html` selected` : ''}>${text}</option>`;

const search = (name: string, label: string, value = '', more: Html | string = ''): Html =>
  html`<label class="field"><span>${label}</span><input type="search" name="${name}" value="${value}" placeholder="Any" autocomplete="off"${more}></label>`;

/** A plain GET form. An unticked box sends nothing, so that a hidden “no” goes before it. */
export const activityFilter = (
  { filter, organizationName, problems }: ActivityQuery,
  modules: readonly { readonly id: string; readonly name: string }[],
): Html => html`<section class="panel filters" aria-label="Filter">
${problems.map((problem) => html`<p class="notice warn" role="alert">${problem}</p>`)}
<form method="get" action="${ACTIVITY_PATH}">
  <label class="field"><span>From</span><input type="date" name="from" value="${filter.from ?? ''}"></label>
  <label class="field"><span>To</span><input type="date" name="to" value="${filter.to ?? ''}"></label>
  <label class="field"><span>Module</span><select name="module">${option('', 'All modules', filter.module)}${modules.map(({ id, name }) => option(id, name, filter.module))}</select></label>
  <label class="field"><span>Result</span><select name="result">${option('', 'Every result', filter.result)}${ACTIVITY_RESULTS.map((result) => option(result, result, filter.result))}</select></label>
  ${search('organization', 'Organization', organizationName, html` list="organizations" data-organizations`)}
  <datalist id="organizations"></datalist>
  ${search('billingType', 'Billing type', filter.billingType)}
  ${search('contract', 'Contract', filter.contract)}
  ${search('service', 'Service', filter.service)}
  <input type="hidden" name="failed" value="no">
  <label class="check"><input type="checkbox" name="failed" value="yes"${filter.failedOnly ? html` checked` : ''}> Only failed</label>
  <button>Filter</button>
</form>
</section>`;
