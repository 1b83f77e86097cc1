import type { IsoDate } from '../domain/calendar.ts';
import type { BillingType, Module } from '../domain/module.ts';
import type { ColumnMatching } from '../domain/usage-file.ts';
import { findBillingType } from './find-billing-type.ts';
import { readDate } from './read-date.ts';
import { readQuantity } from './read-quantity.ts';
import type { LineProblem, Table, TableRow } from './read-table.ts';

/** One count of a file, as `POST /api/usage` takes it, with where it stands. */
export interface FileCount {
  readonly line: number;
  readonly column: string;
  readonly item: {
    readonly date: IsoDate;
    readonly moduleOrganization: { readonly externalId: string; readonly name: string };
    readonly billingType: string;
    readonly quantity: number | boolean;
  };
}

export interface UsageTable {
  readonly counts: readonly FileCount[];
  readonly problems: readonly LineProblem[];
  /** Cells without a count: what is not there stays unknown. */
  readonly emptyCells: number;
}

/** What a person still has to choose before counts can be read, a sentence each. */
export function stillToChoose({ columns }: Table, { name, externalId, counts }: ColumnMatching): string[] {
  const missing = (title: string | undefined): boolean => title === undefined || !columns.includes(title);
  return [
    ...(missing(name) && missing(externalId)
      ? ['Choose the column that holds the organization’s name or id.']
      : []),
    ...(counts.layout === 'columns' && counts.columns.length === 0
      ? ['Choose the billing type of at least one column.']
      : []),
    ...(counts.layout === 'rows' && missing(counts.billingType)
      ? ['Choose the column that names the billing type.']
      : []),
    ...(counts.layout === 'rows' && missing(counts.quantity)
      ? ['Choose the column that holds the counts.']
      : []),
  ];
}

/** @param date of the whole file, where the matching names no date column */
export function readUsageTable(
  table: Table,
  module: Module,
  matching: ColumnMatching,
  date: IsoDate,
): UsageTable {
  const counts: FileCount[] = [];
  const problems: LineProblem[] = [...table.problems];
  let emptyCells = 0;
  for (const row of table.rows) {
    const wrong = (column: string | undefined, text: string): void =>
      void problems.push({ line: row.line, ...(column === undefined ? {} : { column }), text });
    const organization = organizationOf(row, matching);
    if ('problem' in organization) {
      wrong(matching.name ?? matching.externalId, organization.problem);
      continue;
    }
    const day =
      matching.date === undefined ? { date } : readDate(row.cells[matching.date] ?? '', matching.dayOrder);
    if ('problem' in day) {
      wrong(matching.date, day.problem);
      continue;
    }
    for (const { column, text, type, unknown } of cellsOf(row, module, matching)) {
      if (!type) {
        wrong(column, unknown ?? 'the billing type is missing');
        continue;
      }
      const read = readQuantity(text, type.unit, matching.numbers);
      if ('empty' in read) emptyCells += 1;
      else if ('problem' in read) wrong(column, read.problem);
      else
        counts.push({
          line: row.line,
          column,
          item: {
            date: day.date,
            moduleOrganization: organization,
            billingType: type.name,
            quantity: read.quantity,
          },
        });
    }
  }
  return { counts, problems: problems.sort((a, b) => a.line - b.line), emptyCells };
}

const TOTAL = /^(grand |sub)?totals?:?$/i;

function organizationOf({ cells }: TableRow, { name, externalId }: ColumnMatching) {
  const text = (title: string | undefined): string =>
    title === undefined ? '' : (cells[title] ?? '').trim();
  const own = text(name) || text(externalId);
  if (own === '') return { problem: 'the organization is missing; fill it in or remove the line' };
  if (externalId !== undefined && text(externalId) === '')
    return { problem: `"${own}" has no id in “${externalId}”; fill it in, or match names only` };
  if (TOTAL.test(own)) return { problem: `"${own}" looks like a sum of the lines above; remove the line` };
  return { externalId: text(externalId) || own, name: own };
}

interface Cell {
  readonly column: string;
  readonly text: string;
  readonly type: BillingType | undefined;
  /** What is wrong where there is no such type. */
  readonly unknown?: string;
}

function cellsOf({ cells }: TableRow, module: Module, { counts }: ColumnMatching): Cell[] {
  if (counts.layout === 'columns')
    return counts.columns.map(({ column, billingType }) => ({
      column,
      text: cells[column] ?? '',
      type: module.billingTypes.find(({ name }) => name === billingType),
      unknown: `${module.name} has no billing type "${billingType}" any more; choose another`,
    }));
  const { billingType = '', quantity = '' } = counts;
  const named = (cells[billingType] ?? '').trim();
  const type = findBillingType(module, named);
  if (type) return [{ column: quantity, text: cells[quantity] ?? '', type }];
  const unknown =
    named === ''
      ? 'the billing type is missing'
      : `${module.name} has no billing type "${named}"; it has ${module.billingTypes.map(({ label }) => label).join(', ')}`;
  return [{ column: billingType, text: '', type, unknown }];
}
