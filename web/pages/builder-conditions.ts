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

export interface ConditionsAt {
  /** Where a button that adds or removes a row sends the form. */
  readonly action: string;
  /** Only lists, and only "is": what a tab's filter may name. */
  readonly tab?: true;
}

/** Conditions of a filter, one a row, and an empty one to fill in. */
export function conditionRows(conditions: readonly Condition[], wrong: Wrong, at: ConditionsAt): Html {
  const rows: readonly Condition[] =
    conditions.at(-1)?.value === '' ? conditions : [...conditions, { field: '', not: false, value: '' }];
  const problems = wrong('conditions');
  return html`<div id="part-conditions" data-part role="group" aria-labelledby="conditions-title">
<p class="legend" id="conditions-title">Conditions</p>
${rows.map((each, place) => row(each, place, at))}
<button name="do" value="add-condition" formaction="${at.action}" formnovalidate>Add a condition</button>
</div>
<p class="field-note" id="note-conditions" data-part>${problems.length > 0 ? html`<b class="wrong">${problems.join('; ')}</b>` : 'Several values of one field: any of them. Different fields: all of them.'}</p>`;
}

function row({ field, not, value }: Condition, place: number, { action, tab }: ConditionsAt): Html {
  const nth = place + 1;
  const fields = Object.entries(FIELDS).filter(([of]) => !tab || of !== 'currency');
  const option = (of: string, text: string, chosen: boolean): Html =>
    html`<option value="${of}"${chosen ? html` selected` : ''}>${text}</option>`;
  return html`<div class="condition">
<select name="where-field" aria-label="Field of condition ${nth}" data-where>${option('', 'Any', field === '')}${fields.map(([of, text]) => option(of, text, of === field))}</select>
<select name="where-is" aria-label="How condition ${nth} compares">${option('is', 'is', !not)}${tab || (field === 'currency' && !not) ? '' : option('not', 'is not', not)}</select>
<input type="text" name="where-value" value="${value}" aria-label="Value of condition ${nth}" list="list-${field || 'module'}" autocomplete="off">
<button class="quiet" name="do" value="remove-condition:${place}" formaction="${action}" formnovalidate aria-label="Remove condition ${nth}">×</button>
</div>`;
}
