import type { AddedModuleInput } from '../../src/usecases/added-modules.ts';

export const MODULES_PATH = '/dashboard/modules';

/** A billing type as the form holds it: all text, and nothing where a row is left empty. */
export interface TypeFields {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  /** Names of billing types it contains, separated by semicolons. */
  readonly contains: string;
}

export interface ModuleFields {
  readonly name: string;
  readonly types: readonly TypeFields[];
}

const EMPTY: TypeFields = { name: '', label: '', unit: 'count', contains: '' };
const ROWS = 4;
const MOST_ROWS = 50;

/** With empty rows to fill in. */
export const withRows = ({ name, types }: ModuleFields, more = 0): ModuleFields => ({
  name,
  types: [
    ...types,
    ...Array.from(
      { length: Math.max(0, Math.min(MOST_ROWS, Math.max(ROWS, types.length + more)) - types.length) },
      () => EMPTY,
    ),
  ],
});

export function readModuleForm(form: FormData): ModuleFields {
  const all = (field: string): string[] => form.getAll(field).map(String);
  const [labels, units, contains] = [all('label'), all('unit'), all('contains')];
  return {
    name: String(form.get('name') ?? ''),
    types: all('type').map((name, at) => ({
      name,
      label: labels[at] ?? '',
      unit: units[at] ?? 'count',
      contains: contains[at] ?? '',
    })),
  };
}

/** What the form says, as the API would be told; rows without a name are left out. */
export const moduleGiven = ({ name, types }: ModuleFields): unknown => ({
  name,
  billingTypes: types
    .filter((type) => type.name.trim() !== '')
    .map(({ name: own, label, unit, contains }) => ({
      name: own.trim(),
      ...(label.trim() ? { label: label.trim() } : {}),
      unit,
      contains: contains
        .split(';')
        .map((each) => each.trim())
        .filter(Boolean),
    })),
});

export const fieldsOf = ({ name, billingTypes }: AddedModuleInput): ModuleFields => ({
  name,
  types: billingTypes.map((type) => ({
    name: type.name,
    label: type.label === type.name ? '' : (type.label ?? ''),
    unit: type.unit,
    contains: (type.contains ?? []).join('; '),
  })),
});
