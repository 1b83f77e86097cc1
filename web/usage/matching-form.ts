import { IcbError } from '../../src/domain/errors.ts';
import type { ColumnMatching } from '../../src/domain/usage-file.ts';

export const USAGE_PATH = '/dashboard/usage';

/** What a column is, as the form's select has it: a field, or `type:` and the billing type whose counts it holds. */
export const COLUMN_ROLES = [
  ['name', 'Organization: name'],
  ['externalId', 'Organization: id'],
  ['date', 'Date'],
  ['billingType', 'Billing type, a row each'],
  ['quantity', 'Count, a row each'],
] as const;

type Role = (typeof COLUMN_ROLES)[number][0];

/** The role of a column in a matching; empty where it is not used. */
export function roleOf({ counts, ...matching }: ColumnMatching, column: string): string {
  const field = (['name', 'externalId', 'date'] as const).find((each) => matching[each] === column);
  if (field) return field;
  if (counts.layout === 'rows')
    return counts.billingType === column ? 'billingType' : counts.quantity === column ? 'quantity' : '';
  const own = counts.columns.find((each) => each.column === column);
  return own ? `type:${own.billingType}` : '';
}

/** The matching that a form was filled in with. Errors: `bad-input` where two columns are one thing, or both layouts are meant. */
export function readMatchingForm(columns: readonly string[], form: FormData): ColumnMatching {
  const roles = columns.map((column, at) => ({ column, role: String(form.get(`column.${at}`) ?? '') }));
  const the = (role: Role): string | undefined => {
    const [first, second] = roles.filter((each) => each.role === role);
    const label = COLUMN_ROLES.find(([name]) => name === role)?.[1] ?? role;
    if (first && second)
      throw new IcbError(
        'bad-input',
        `Both “${first.column}” and “${second.column}” are chosen as “${label}”; choose one.`,
      );
    return first?.column;
  };
  const types = roles.flatMap(({ column, role }) =>
    role.startsWith('type:') ? [{ column, billingType: role.slice('type:'.length) }] : [],
  );
  const twice = types.find((each, at) => types.findIndex((one) => one.billingType === each.billingType) < at);
  if (twice)
    throw new IcbError('bad-input', `Two columns hold counts of “${twice.billingType}”; choose one of them.`);
  const [billingType, quantity] = [the('billingType'), the('quantity')];
  if (types.length > 0 && (billingType ?? quantity) !== undefined)
    throw new IcbError(
      'bad-input',
      'Choose either one column per billing type, or one row per count with a billing type column and a count column.',
    );
  const found = {
    name: the('name'),
    externalId: the('externalId'),
    date: the('date'),
    dayOrder: form.get('dayOrder') || undefined,
    numbers: form.get('numbers') || undefined,
  };
  const given = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  const rows = {
    layout: 'rows',
    ...(billingType === undefined ? {} : { billingType }),
    ...(quantity === undefined ? {} : { quantity }),
  };
  const isRows = billingType !== undefined || quantity !== undefined;
  return { ...given, counts: isRows ? rows : { layout: 'columns', columns: types } } as ColumnMatching;
}
