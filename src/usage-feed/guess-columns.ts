import type { Module } from '../domain/module.ts';
import type { ColumnMatching } from '../domain/usage-file.ts';
import { findBillingType, squeezed } from './find-billing-type.ts';
import { dayOrderIn, readDate } from './read-date.ts';
import { numberStyleIn } from './read-quantity.ts';
import type { Table } from './read-table.ts';

const CUSTOMERS = [
  'customer',
  'organization',
  'organisation',
  'org',
  'company',
  'client',
  'tenant',
  'site',
  'account',
  'msporganization',
  'subaccount',
];

/** Titles as vendors' exports have them, the likelier first; squeezed. */
const TITLES = {
  externalId: [
    ...CUSTOMERS.flatMap((word) => [`${word}id`, `${word}uid`, `${word}guid`, `${word}key`]),
    'externalid',
    'id',
    'uid',
    'guid',
  ],
  name: [...CUSTOMERS.flatMap((word) => [`${word}name`, word]), 'name', 'group', 'location', 'domain'],
  date: [
    'date',
    'day',
    'usagedate',
    'countdate',
    'reportdate',
    'snapshotdate',
    'asof',
    'asofdate',
    'billingdate',
  ],
  billingType: [
    'billingtype',
    'metric',
    'usagetype',
    'licensetype',
    'licencetype',
    'type',
    'sku',
    'product',
    'productname',
    'service',
    'item',
    'license',
    'licence',
  ],
  quantity: [
    'quantity',
    'qty',
    'count',
    'usagecount',
    'usage',
    'units',
    'value',
    'total',
    'number',
    'seats',
    'licenses',
    'licences',
  ],
} as const;

const SAMPLE = 200;

/**
 * What the columns of a file probably are, for a person to look at. What was chosen for the module's last file holds
 * again where its columns are there.
 */
export function guessColumns(table: Table, module: Module, remembered?: ColumnMatching): ColumnMatching {
  if (remembered && columnsOf(remembered).every((title) => table.columns.includes(title))) return remembered;
  const taken = new Set<string>();
  const find = (what: keyof typeof TITLES): string | undefined => {
    const found = TITLES[what]
      .map((wanted) => table.columns.find((title) => !taken.has(title) && squeezed(title) === wanted))
      .find((title) => title !== undefined);
    if (found !== undefined) taken.add(found);
    return found;
  };
  const externalId = find('externalId');
  const name = find('name');
  const date = find('date') ?? datesIn(table, taken);
  if (date !== undefined) taken.add(date);
  const counts = guessCounts(table, module, taken, find);
  const dayOrder = date === undefined ? undefined : dayOrderIn(cellsOf(table, date));
  const numbers = numberStyleIn(quantityColumns(counts).flatMap((title) => cellsOf(table, title)));
  return {
    ...(externalId === undefined ? {} : { externalId }),
    ...(name === undefined ? {} : { name }),
    ...(date === undefined ? {} : { date }),
    ...(dayOrder ? { dayOrder } : {}),
    ...(numbers ? { numbers } : {}),
    counts,
  };
}

/** Every column a matching names. */
export const columnsOf = ({ name, externalId, date, counts }: ColumnMatching): string[] =>
  [
    name,
    externalId,
    date,
    ...(counts.layout === 'rows'
      ? [counts.billingType, counts.quantity]
      : counts.columns.map(({ column }) => column)),
  ].filter((title) => title !== undefined);

export const quantityColumns = (counts: ColumnMatching['counts']): string[] =>
  counts.layout === 'columns'
    ? counts.columns.map(({ column }) => column)
    : counts.quantity === undefined
      ? []
      : [counts.quantity];

const cellsOf = ({ rows }: Table, title: string): string[] => rows.map(({ cells }) => cells[title] ?? '');

/** A column of dates whatever its title. */
function datesIn(table: Table, taken: ReadonlySet<string>): string | undefined {
  return table.columns.find((title) => {
    const cells = cellsOf(table, title).slice(0, SAMPLE).filter(Boolean);
    return (
      !taken.has(title) && cells.length > 0 && cells.every((cell) => 'date' in readDate(cell, 'day-month'))
    );
  });
}

function guessCounts(
  table: Table,
  module: Module,
  taken: ReadonlySet<string>,
  find: (what: 'billingType' | 'quantity') => string | undefined,
): ColumnMatching['counts'] {
  const columns = table.columns.flatMap((column) => {
    const type = taken.has(column) ? undefined : findBillingType(module, column);
    return type ? [{ column, billingType: type.name }] : [];
  });
  if (columns.length > 0) return { layout: 'columns', columns: firstOfEach(columns) };
  const billingType = find('billingType') ?? typesIn(table, module, taken);
  const quantity = find('quantity');
  const [only, ...others] = module.billingTypes;
  if (billingType === undefined && quantity !== undefined && only && others.length === 0)
    return { layout: 'columns', columns: [{ column: quantity, billingType: only.name }] };
  if (billingType === undefined && quantity === undefined) return { layout: 'columns', columns: [] };
  return {
    layout: 'rows',
    ...(billingType === undefined ? {} : { billingType }),
    ...(quantity === undefined ? {} : { quantity }),
  };
}

/** Two columns of one billing type would say two things about one count. */
const firstOfEach = <T extends { readonly billingType: string }>(columns: readonly T[]): T[] =>
  columns.filter((each, at) => columns.findIndex((one) => one.billingType === each.billingType) === at);

/** A column whose cells name billing types, whatever its title. */
const typesIn = (table: Table, module: Module, taken: ReadonlySet<string>): string | undefined =>
  table.columns.find((title) => {
    const cells = cellsOf(table, title).slice(0, SAMPLE).filter(Boolean);
    return !taken.has(title) && cells.length > 0 && cells.every((cell) => findBillingType(module, cell));
  });
