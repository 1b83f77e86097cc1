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
export const toCsv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${csvRows([header, ...rows])}`;

/** Rows without what begins a file. */
export const csvRows = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** The answer's headers for a file the browser saves. `name` becomes a plain ASCII file name. */
export const attachment = (name: string, extension: string): string =>
  `attachment; filename="${name.replace(/[^a-z0-9-]+/gi, '-').slice(0, 80)}.${extension}"`;
