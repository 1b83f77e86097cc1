import { parse } from 'csv-parse/sync';
import { IcbError } from '../domain/errors.ts';

/** A CSV file's rows as the JSON would have them; empty cells are left out. Error: `bad-input`. */
export function readBookCsv(csv: string): Record<string, unknown>[] {
  try {
    const lines: Record<string, string>[] = parse(csv, {
      columns: true,
      skip_empty_lines: true,
      trim: true,
      bom: true,
    });
    return lines.map((line) =>
      Object.fromEntries(
        Object.entries(line).flatMap(([name, text]) => (text === '' ? [] : [[name, typed(name, text)]])),
      ),
    );
  } catch (error) {
    const because = error instanceof Error ? error.message : 'it is not CSV';
    throw new IcbError('bad-input', `The CSV file cannot be read: ${because}. Nothing was imported.`);
  }
}

/** CSV holds text only; two columns are something else. */
function typed(name: string, text: string): unknown {
  if (name === 'active')
    return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : text;
  if (name === 'units') return /^\d+$/.test(text) ? Number(text) : text;
  return text;
}
