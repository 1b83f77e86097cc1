import type { ChoiceList, FilterChoices } from '../../src/usecases/filter-choices.ts';

/** A definition that is not checked yet, in its own form. */
export type Draft = Readonly<Record<string, unknown>>;

/** One condition of a filter: `module is not Datto RMM`. Several of one field and kind are "one of". */
export interface Condition {
  readonly field: ChoiceList | 'currency' | '';
  readonly not: boolean;
  /** As people write it. */
  readonly value: string;
}

/** Controls with one value each: where it lives in a definition, and how it is read. */
export const FIELDS = {
  title: { path: 'title', as: 'text' },
  description: { path: 'description', as: 'text' },
  entity: { path: 'entity', as: 'text' },
  field: { path: 'measure.field', as: 'text' },
  aggregate: { path: 'measure.aggregate', as: 'text' },
  groupBy: { path: 'groupBy', as: 'text' },
  breakDownBy: { path: 'breakDownBy', as: 'text' },
  chart: { path: 'chart', as: 'text' },
  top: { path: 'top', as: 'number' },
  breakDownTop: { path: 'breakDownTop', as: 'number' },
  showOther: { path: 'showOther', as: 'switch' },
  goalValue: { path: 'goal.value', as: 'text' },
  goalLabel: { path: 'goal.label', as: 'text' },
  legend: { path: 'legend', as: 'switch' },
  labels: { path: 'labels', as: 'switch' },
  total: { path: 'total', as: 'switch' },
  currency: { path: 'currency', as: 'text' },
  locale: { path: 'locale', as: 'text' },
  theme: { path: 'theme', as: 'text' },
  kind: { path: 'filters.kind', as: 'text' },
  serviceContains: { path: 'filters.serviceContains', as: 'text' },
  minAmount: { path: 'filters.minAmount', as: 'text' },
  maxAmount: { path: 'filters.maxAmount', as: 'text' },
  minUnits: { path: 'filters.minUnits', as: 'number' },
  maxUnits: { path: 'filters.maxUnits', as: 'number' },
} as const satisfies Record<string, { path: string; as: 'text' | 'number' | 'switch' }>;
export type SingleField = keyof typeof FIELDS;
export type FieldName = SingleField | 'sort' | 'months' | 'from' | 'to' | 'conditions';

/** What the controls of the builder hold. */
export interface FormValues {
  readonly single: Readonly<Record<SingleField, string>>;
  /** `value descending`. */
  readonly sort: string;
  /** A relative period, `between`, or nothing. */
  readonly months: string;
  readonly from: string;
  readonly to: string;
  readonly conditions: readonly Condition[];
}

const partOf = (whole: unknown, path: string): unknown => {
  let part: unknown = whole;
  for (const name of path.split('.')) part = (part as Draft | undefined | null)?.[name];
  return part;
};

const words = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const LISTS = ['module', 'organization', 'contract', 'billingType', 'service'] as const;
export const NONE = 'None';

function conditionsOf(filters: unknown, not: boolean, choices: FilterChoices): Condition[] {
  const own = (filters ?? {}) as Draft;
  const named = LISTS.flatMap((field) => {
    const values = typeof own[field] === 'string' ? [own[field]] : own[field];
    return Array.isArray(values)
      ? values.map((value) => ({ field, not, value: choices.labelOf(field, words(value)) }))
      : [];
  });
  return [
    ...named,
    ...(own.noModule === true ? [{ field: 'module' as const, not, value: NONE }] : []),
    ...(own.noBillingType === true ? [{ field: 'billingType' as const, not, value: NONE }] : []),
  ];
}

/** A definition, right or wrong, as the controls show it. */
export function valuesOf(draft: Draft, choices: FilterChoices): FormValues {
  const single = Object.fromEntries(
    Object.entries(FIELDS).map(([name, { path }]) => [name, words(partOf(draft, path))]),
  ) as Record<SingleField, string>;
  const sort = draft.sort as Draft | undefined;
  const filters = (draft.filters ?? {}) as Draft;
  const { months } = filters;
  const span =
    typeof months === 'string' && /^\d/.test(months)
      ? { from: months, to: months }
      : (months as Draft | undefined);
  const fixed = typeof span === 'object' && span !== null;
  return {
    single: { ...single, aggregate: single.aggregate || 'sum', showOther: single.showOther || 'yes' },
    sort: sort ? `${words(sort.by)} ${words(sort.order)}` : 'value descending',
    months: fixed ? 'between' : words(months),
    from: fixed ? words(span.from) : '',
    to: fixed ? words(span.to) : '',
    conditions: [
      ...conditionsOf(filters, false, choices),
      ...(filters.currency
        ? [{ field: 'currency' as const, not: false, value: words(filters.currency) }]
        : []),
      ...conditionsOf(filters.except, true, choices),
    ],
  };
}

/** The control that a wrong field of a definition belongs to. */
export function controlOf(path: string): FieldName | undefined {
  for (const [name, field] of Object.entries(FIELDS)) if (field.path === path) return name as SingleField;
  if (path.startsWith('sort')) return 'sort';
  if (path.startsWith('filters.months')) return 'months';
  if (path.startsWith('goal')) return 'goalValue';
  if (path.startsWith('measure')) return 'field';
  return path.startsWith('filters') ? 'conditions' : undefined;
}
