import type { Row } from 'write-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { BillingItemView } from '../../src/usecases/list-billing-items.ts';
import { ITEM_COLUMNS, type ItemColumn, type ItemColumnName } from './item-columns.ts';

/** A sheet takes a million rows, a machine's memory fewer; CSV has no end. */
export const MOST_XLSX_ROWS = 100_000;

const BOLD = { fontWeight: 'bold' } as const;
const WIDTHS = { text: 26, count: 10, money: 14, day: 13, instant: 19 } as const satisfies Record<
  ItemColumn['kind'],
  number
>;

type Cell = Row[number];

/** Typed cells: text stays text, also where it looks like a formula; amounts and dates can be reckoned with. */
const cells = {
  text: (value) => ({ type: String, value: String(value) }),
  count: (value) => ({ type: Number, value: Number(value), format: '0' }),
  // Four decimals of at most twelve digits: exact within the fifteen a sheet holds.
  money: (value) => ({ type: Number, value: Number(value), format: '#,##0.00##' }),
  day: (value) => ({ type: Date, value: new Date(`${value}T00:00:00Z`), format: 'yyyy-mm-dd' }),
  instant: (value) => ({ type: Date, value: new Date(String(value)), format: 'yyyy-mm-dd hh:mm' }),
} satisfies Record<ItemColumn['kind'], (value: string | number) => Cell>;

function cell(column: ItemColumn, item: BillingItemView): Cell {
  const value = column.of(item);
  return value === undefined || value === '' ? null : cells[column.kind](value);
}

/** The items as an XLSX file, a currency beside every amount. */
export async function itemsXlsx(
  items: readonly BillingItemView[],
  names: readonly ItemColumnName[],
): Promise<Uint8Array<ArrayBuffer>> {
  const shown: readonly ItemColumnName[] = names.includes('currency') ? names : [...names, 'currency'];
  const columns = shown.map((name): ItemColumn => ITEM_COLUMNS[name]);
  const head: Row = columns.map(({ title }) => ({ type: String, value: title, ...BOLD }));
  const rows: Row[] = items.map((item) => columns.map((column) => cell(column, item)));
  const file = writeXlsxFile([head, ...rows], {
    sheet: 'Billing items',
    stickyRowsCount: 1,
    columns: columns.map(({ kind }) => ({ width: WIDTHS[kind] })),
  });
  return Uint8Array.from(await file.toBuffer());
}
