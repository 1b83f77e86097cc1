import { html } from 'hono/html';
import type { Chip } from '../items/filter-words.ts';
import type { Html } from './html.ts';

const MORE_TEXT = [
  ['serviceContains', 'Service contains'],
  ['minAmount', 'Amount from'],
  ['maxAmount', 'Amount to'],
  ['minUnits', 'Units from'],
  ['maxUnits', 'Units to'],
] as const;
/** Conditions that few filters have. */
export const MORE_FIELDS = ['kind', ...MORE_TEXT.map(([name]) => name)] as const;
export type MoreField = (typeof MORE_FIELDS)[number];

export interface FilterForm {
  readonly status: string;
  /** Absent while no module is enabled: nothing is filtered by module then. */
  readonly module?: {
    readonly value: string;
    /** What `value` means, for a module that is no choice any more or for several. */
    readonly text: string;
    readonly options: readonly { readonly id: string; readonly name: string }[];
  };
  /** Names, most of all; an id when the name is gone. */
  readonly organization: string;
  readonly period: string;
  readonly more: Readonly<Record<MoreField, string>>;
  /** Conditions the form has no field for, kept as they are. */
  readonly kept: readonly (readonly [name: string, value: string])[];
  /** What was wrong with the input, in a sentence. */
  readonly problem?: string | undefined;
}

const option = (value: string, text: string, current: string): Html =>
  html`<option value="${value}"${value === current ? html` selected` : ''}>${text}</option>`;

/** Chips of the conditions in force and a plain GET form to change them. */
export const itemsFilter = (
  form: FilterForm,
  chips: readonly Chip[],
): Html => html`<section class="panel filters" aria-label="Filter">
${form.problem ? html`<p class="notice warn" role="alert">${form.problem}</p>` : ''}
<form method="get" action="/dashboard/items">
  ${form.kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
  <label class="field"><span>Status</span><select name="status">
    ${option('', 'Pending and posted', form.status)}${option('pending', 'Pending', form.status)}${option('posted', 'Posted', form.status)}
  </select></label>
  ${form.module ? moduleField(form.module) : ''}
  <label class="field"><span>Organization</span>
    <input type="search" name="organizationName" value="${form.organization}" placeholder="Any" list="organizations" autocomplete="off" data-organizations></label>
  <datalist id="organizations"></datalist>
  <label class="field"><span>Period starts in</span>
    <input type="month" name="period" value="${form.period}" pattern="\\d{4}-\\d{2}" placeholder="2026-11"></label>
  <details class="more"${Object.values(form.more).some(Boolean) ? html` open` : ''}><summary>More</summary><div>
  <label class="field"><span>Kind</span><select name="kind">${option('', 'Any', form.more.kind)}${option('period', 'Billing period', form.more.kind)}${option('adjustment', 'Adjustment', form.more.kind)}</select></label>
  ${MORE_TEXT.map(([name, label]) => html`<label class="field"><span>${label}</span><input type="text" name="${name}" value="${form.more[name]}" autocomplete="off"></label>`)}
  </div></details>
  <button>Filter</button>
</form>
${chips.length > 0 ? chipList(chips) : ''}
</section>`;

function moduleField({ value, text, options }: NonNullable<FilterForm['module']>): Html {
  const known = value === '' || options.some(({ id }) => id === value);
  return html`<label class="field"><span>Module</span><select name="module">
    ${option('', 'All modules', value)}${options.map(({ id, name }) => option(id, name, value))}
    ${known ? '' : option(value, text, value)}
  </select></label>`;
}

const chipList = (chips: readonly Chip[]): Html => html`<ul class="chips" aria-label="Filters in force">
  ${chips.map(
    ({ text, without }) =>
      html`<li><a href="/dashboard/items?${without}" aria-label="Remove filter ${text}">${text} <span aria-hidden="true">×</span></a></li>`,
  )}
</ul>`;
