import { html } from 'hono/html';
import type { FieldName } from '../builder/draft-fields.ts';
import type { Html } from './html.ts';

export interface Choice {
  readonly value: string;
  readonly text: string;
  /** Choices of one kind stand under its name. */
  readonly under?: string | undefined;
}

/** What is wrong with each control, in words. */
export type Wrong = (name: FieldName) => readonly string[];

/**
 * A control with its label and, under it, what is wrong. Parts with an id are what the page's script replaces by the
 * server's newer ones.
 */
function field(name: FieldName, label: string, control: Html, wrong: Wrong, note?: string): Html {
  const problems = wrong(name);
  return html`<div class="builder-field"><label class="field" id="part-${name}" data-part><span>${label}</span>${control}</label>
<p class="field-note" id="note-${name}" data-part>${problems.length > 0 ? html`<b class="wrong">${problems.join('; ')}</b>` : (note ?? '')}</p></div>`;
}

const described = (name: FieldName, wrong: Wrong): Html =>
  html` aria-describedby="note-${name}"${wrong(name).length > 0 ? html` aria-invalid="true"` : ''}`;

export const textField = (
  {
    name,
    label,
    note,
    max,
    required,
    list,
  }: {
    name: FieldName;
    label: string;
    note?: string;
    max?: number;
    required?: true;
    list?: string;
  },
  value: string,
  wrong: Wrong,
): Html =>
  field(
    name,
    label,
    html`<input type="text" name="${name}" id="field-${name}" value="${value}" autocomplete="off"${max ? html` maxlength="${max}"` : ''}${required ? html` required` : ''}${list ? html` list="${list}"` : ''}${described(name, wrong)}>`,
    wrong,
    note,
  );

export const numberField = (
  { name, label, note, most }: { name: FieldName; label: string; note?: string; most?: number },
  value: string,
  wrong: Wrong,
): Html =>
  field(
    name,
    label,
    html`<input type="number" name="${name}" id="field-${name}" value="${value}" step="1"${most ? html` min="1" max="${most}"` : ''}${described(name, wrong)}>`,
    wrong,
    note,
  );

export const monthField = (name: FieldName, label: string, value: string, wrong: Wrong): Html =>
  field(
    name,
    label,
    html`<input type="month" name="${name}" id="field-${name}" value="${value}" placeholder="2026-11"${described(name, wrong)}>`,
    wrong,
  );

const option = (choice: Choice, value: string): Html =>
  html`<option value="${choice.value}"${choice.value === value ? html` selected` : ''}>${choice.text}</option>`;

export function selectField(
  { name, label, note }: { name: FieldName; label: string; note?: string | undefined },
  choices: readonly Choice[],
  value: string,
  wrong: Wrong,
): Html {
  // A value that cannot be chosen any more is shown, not silently another one.
  const known = choices.some((choice) => choice.value === value);
  const groups = [...Map.groupBy(choices, ({ under }) => under ?? '')];
  const options = groups.map(([under, own]) =>
    under === ''
      ? own.map((choice) => option(choice, value))
      : html`<optgroup label="${under}">${own.map((choice) => option(choice, value))}</optgroup>`,
  );
  return field(
    name,
    label,
    html`<select name="${name}" id="field-${name}"${described(name, wrong)}>${known ? '' : option({ value, text: value || 'Choose' }, value)}${options}</select>`,
    wrong,
    note,
  );
}
