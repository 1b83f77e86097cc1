import type { ChoiceList, FilterChoices } from '../../src/usecases/filter-choices.ts';
import type { WrongField } from '../../src/usecases/parse-input.ts';
import {
  type Condition,
  type Draft,
  FIELDS,
  type FormValues,
  NONE,
  type SingleField,
} from './draft-fields.ts';

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const FLAGS = { module: 'noModule', billingType: 'noBillingType' } as const;

/** The controls as they were sent. A row of conditions without a value is one that nobody filled in. */
export function formValues(form: FormData): FormValues {
  const single = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, textIn(form, name)])) as Record<
    SingleField,
    string
  >;
  const all = (name: string): string[] => form.getAll(name).map(String);
  const fields = all('where-field');
  const is = all('where-is');
  const values = all('where-value');
  return {
    single,
    sort: textIn(form, 'sort'),
    months: textIn(form, 'months'),
    from: textIn(form, 'from'),
    to: textIn(form, 'to'),
    conditions: fields.map((field, at) => ({
      field: field as Condition['field'],
      not: is[at] === 'not',
      value: values[at]?.trim() ?? '',
    })),
  };
}

const READ = {
  text: (text: string) => text,
  number: (text: string) => (text === '' ? undefined : Number(text)),
  switch: (text: string) => text === 'yes',
} as const;

type Mutable = { [name: string]: unknown };

function put(draft: Mutable, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    draft[first] = value;
  } else {
    draft[first] ??= {};
    put(draft[first] as Mutable, rest.join('.'), value);
  }
}

const MEANT: Readonly<Record<ChoiceList, string>> = {
  module: 'module',
  organization: 'organization',
  contract: 'contract',
  billingType: 'billing type',
  service: 'service',
};

const ONLY_IS = 'a currency cannot be left out: say which one is meant, or leave it open for a panel of each';
const ONE_CURRENCY =
  'every item has one currency, so that one condition on it is enough; leave it open for a panel of each';

/** Conditions as lists of a filter; a name that nothing bears is told. */
function conditionLists(
  conditions: readonly Condition[],
  choices: FilterChoices,
): { lists: Mutable; problems: WrongField[] } {
  const lists: Mutable = {};
  const problems: WrongField[] = [];
  for (const { field, value, not } of conditions) {
    if (field === '' || value === '') continue;
    if (field === 'currency') {
      const code = value.toUpperCase();
      if (not) problems.push({ path: 'filters', text: ONLY_IS });
      else if (lists.currency !== undefined && lists.currency !== code)
        problems.push({ path: 'filters', text: ONE_CURRENCY });
      if (!not) lists.currency = code;
    } else if (field in FLAGS && value === NONE) lists[FLAGS[field as keyof typeof FLAGS]] = true;
    else {
      const id = choices.valueOf(field, value);
      if (id === undefined)
        problems.push({ path: 'filters', text: `no ${MEANT[field]} is called “${value}”` });
      lists[field] = [...((lists[field] as string[] | undefined) ?? []), id ?? value];
    }
  }
  return { lists, problems };
}

/** The definition that the controls describe, not checked yet; empty controls are left out. */
export function draftOf(
  values: FormValues,
  choices: FilterChoices,
): { readonly draft: Draft; readonly problems: readonly WrongField[] } {
  const draft: Mutable = {};
  for (const [name, { path, as }] of Object.entries(FIELDS)) {
    const text = values.single[name as SingleField];
    if (text !== '') put(draft, path, READ[as](text));
  }
  const [by, order] = values.sort.split(' ');
  if (by && order) draft.sort = { by, order };
  const asked = conditionLists(
    values.conditions.filter(({ not }) => !not),
    choices,
  );
  const left = conditionLists(
    values.conditions.filter(({ not }) => not),
    choices,
  );
  const { months, from, to } = values;
  const span = { ...(from && { from }), ...(to && { to }) };
  const filters = {
    ...(draft.filters as object | undefined),
    ...(months && { months: months === 'between' ? span : months }),
    ...asked.lists,
    ...(Object.keys(left.lists).length > 0 && { except: left.lists }),
  };
  return {
    draft: { ...draft, ...(Object.keys(filters).length > 0 && { filters }) },
    problems: [...asked.problems, ...left.problems],
  };
}
