import { parse } from 'csv-parse/sync';
import { IcbError } from '../domain/errors.ts';

export type Delimiter = ',' | ';' | '\t';

/** What is wrong with a line of a file, and what to do. The title line is line 1. */
export interface LineProblem {
  readonly line: number;
  /** The title of the column it is in. */
  readonly column?: string;
  readonly text: string;
}

export interface TableRow {
  /** Where the row begins in the file. */
  readonly line: number;
  /** By column title. */
  readonly cells: Readonly<Record<string, string>>;
}

export interface Table {
  readonly delimiter: Delimiter;
  /** Titles of the columns, each different. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Lines that do not fit the title line. */
  readonly problems: readonly LineProblem[];
}

export const MOST_ROWS = 50_000;

/** Reads CSV text whose first line holds the columns' titles. Errors: `bad-input` with the line and what to do. */
export function readTable(given: string): Table {
  const marked = /^sep=(.)\r?\n/i.exec(given);
  const text = marked ? given.slice(marked[0].length) : given;
  const skipped = marked ? 1 : 0;
  const delimiter = delimiterOf(text);
  const records = recordsOf(text, delimiter, skipped);
  const [head, ...body] = records;
  if (!head) throw new IcbError('bad-input', 'The file holds no line of text.');
  if (body.length === 0)
    throw new IcbError('bad-input', 'The file holds a title line only, and no row of counts below it.');
  if (body.length > MOST_ROWS)
    throw new IcbError(
      'bad-input',
      `The file holds ${body.length.toLocaleString('en-US')} rows; icb takes at most 50,000. Split it by date or by organization.`,
    );
  if (head.cells.length < 2)
    throw new IcbError(
      'bad-input',
      'The title line holds one column only. Separate the columns with commas, semicolons or tabs: at least an organization and a count are needed.',
    );
  const columns = titlesOf(head.cells);
  const fits = ({ cells }: Record_): boolean => cells.length === columns.length;
  return {
    delimiter,
    columns,
    rows: body.filter(fits).map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(columns.map((title, at) => [title, cells[at] ?? ''])),
    })),
    problems: body
      .filter((record) => !fits(record))
      .map(({ line, cells }) => ({
        line,
        text: `it has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} where the title line has ${columns.length}; put quotes around text that holds ${NAMES[delimiter]}`,
      })),
  };
}

const NAMES: Readonly<Record<Delimiter, string>> = { ',': 'a comma', ';': 'a semicolon', '\t': 'a tab' };

interface Record_ {
  readonly line: number;
  readonly cells: readonly string[];
}

function recordsOf(text: string, delimiter: Delimiter, skipped: number, to?: number): Record_[] {
  try {
    // With `info` each record comes wrapped, which the types of csv-parse do not know.
    const parsed = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      ...(to === undefined ? {} : { to }),
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return (
      parsed
        .map(({ info, record }) => ({
          // `lines` is where the record ends: quoted cells may hold line breaks.
          line: info.lines - record.join('').split(/\r\n|\r|\n/).length + 1 + skipped,
          cells: record,
        }))
        // Spreadsheets write the rows below a table as delimiters only.
        .filter(({ cells }) => cells.some((cell) => cell !== ''))
    );
  } catch (error) {
    const line =
      error instanceof Error && 'lines' in error ? ` near line ${Number(error.lines) + skipped}` : '';
    throw new IcbError(
      'bad-input',
      `The file cannot be read${line}: a quote (") is opened and not closed, or stands inside a cell without being doubled. Correct it and bring the file again.`,
    );
  }
}

const SAMPLE = 20;

/** The one that splits the first lines into the same, largest number of cells. */
function delimiterOf(text: string): Delimiter {
  const scores = ([',', ';', '\t'] as const).map((delimiter) => {
    const counts = sampled(text, delimiter).map(({ cells }) => cells.length);
    const [head = 0] = counts;
    const same = counts.filter((count) => count === head).length / Math.max(1, counts.length);
    return { delimiter, score: head < 2 ? 0 : same * 1000 + head };
  });
  return scores.reduce((best, each) => (each.score > best.score ? each : best)).delimiter;
}

function sampled(text: string, delimiter: Delimiter): Record_[] {
  try {
    return recordsOf(text, delimiter, 0, SAMPLE);
  } catch {
    return [];
  }
}

/** A title that is missing or there twice gets a number. */
function titlesOf(cells: readonly string[]): string[] {
  const titles: string[] = [];
  for (const [at, cell] of cells.entries()) {
    const title = cell.replace(/\s+/g, ' ').slice(0, 190) || `Column ${at + 1}`;
    const free = (n: number): string => (n === 1 ? title : `${title} (${n})`);
    let n = 1;
    while (titles.includes(free(n))) n += 1;
    titles.push(free(n));
  }
  return titles;
}
