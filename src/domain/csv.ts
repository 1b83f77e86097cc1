/** A cell that a spreadsheet would run as a formula; the apostrophe makes it text. Source: OWASP "CSV injection". */
const FORMULA = /^[=+\-@\t\r]/;
/** Plain numbers stay numbers: `-4.17` is money, not a formula. */
const NUMBER = /^-?\d+(\.\d+)?$/;
const NEEDS_QUOTES = /[",\r\n]/;

export type Cell = string | number | null | undefined;

function cell(value: Cell): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180 text, with the byte order mark without which Excel reads UTF-8 as Latin-1. */
export const csvFile = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${csvRows([head, ...rows])}`;

const csvRows = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** A file's columns by their heading, each with what stands in it of a record. */
export type Columns<T> = Readonly<Record<string, (record: T) => Cell>>;

export const csvOf = <T>(columns: Columns<T>, records: readonly T[]): string =>
  `${csvFile(Object.keys(columns), [])}${csvLines(columns, records)}`;

/** Records without the heading: what a file goes on with. */
export const csvLines = <T>(columns: Columns<T>, records: readonly T[]): string =>
  csvRows(records.map((record) => Object.values(columns).map((of) => of(record))));
