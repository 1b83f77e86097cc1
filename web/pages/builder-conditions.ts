import { html } from 'hono/html';
import { CHOICE_LISTS, type FilterChoices } from '../../src/usecases/filter-choices.ts';
import { type Condition, NONE } from '../builder/draft-fields.ts';
import type { Wrong } from './builder-controls.ts';
import type { Html } from './html.ts';

const FIELDS = {
  module: 'Module',
  organization: 'Organization',
  contract: 'Contract',
  billingType: 'Billing type',
  service: 'Service',
  currency: 'Currency',
} as const;

/** More in a list help nobody to find one; whatever is typed is looked up among all of them. */
const MOST_LISTED = 500;

/** Values that conditions may name, each list once. */
export const conditionLists = ({ labels }: FilterChoices): Html =>
  html`${CHOICE_LISTS.map(
    (list) =>
      html`<datalist id="list-${list}">${list === 'module' || list === 'billingType' ? html`<option value="${NONE}"></option>` : ''}${labels[list].slice(0, MOST_LISTED).map((label) => html`<option value="${label}"></option>`)}</datalist>`,
  )}`;

/** Conditions of a filter, one a row, and an empty one to fill in. */
export function conditionRows(conditions: readonly Condition[], wrong: Wrong): Html {
  const rows: readonly Condition[] =
    conditions.at(-1)?.value === '' ? conditions : [...conditions, { field: '', not: false, value: '' }];
  const problems = wrong('conditions');
  return html`<div id="part-conditions" data-part role="group" aria-labelledby="conditions-title">
<p class="legend" id="conditions-title">Conditions</p>
${rows.map(row)}
<button name="do" value="add-condition" formaction="/dashboard/widgets/preview" formnovalidate>Add a condition</button>
</div>
<p class="field-note" id="note-conditions" data-part>${problems.length > 0 ? html`<b class="wrong">${problems.join('; ')}</b>` : 'Several values of one field: any of them. Different fields: all of them.'}</p>`;
}

function row({ field, not, value }: Condition, at: number): Html {
  const nth = at + 1;
  const option = (of: string, text: string, chosen: boolean): Html =>
    html`<option value="${of}"${chosen ? html` selected` : ''}>${text}</option>`;
  return html`<div class="condition">
<select name="where-field" aria-label="Field of condition ${nth}" data-where>${option('', 'Any', field === '')}${Object.entries(FIELDS).map(([of, text]) => option(of, text, of === field))}</select>
<select name="where-is" aria-label="How condition ${nth} compares">${option('is', 'is', !not)}${option('not', 'is not', not)}</select>
<input type="text" name="where-value" value="${value}" aria-label="Value of condition ${nth}" list="list-${field || 'module'}" autocomplete="off">
<button class="quiet" name="do" value="remove-condition:${at}" formaction="/dashboard/widgets/preview" formnovalidate aria-label="Remove condition ${nth}">×</button>
</div>`;
}
