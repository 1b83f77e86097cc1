import type { Row } from '../tables.ts';
import { matches } from './match-condition.ts';
import type { Query } from './parse-query.ts';

/** Where a page stands among the records that fit. Pages go by id up to the highest id at the first page. */
export interface Cursor {
  readonly query: Query;
  readonly top: number;
  readonly after?: number;
  readonly before?: number;
}

export interface Page {
  readonly rows: readonly Row[];
  readonly next: Cursor | undefined;
  readonly previous: Cursor | undefined;
}

/** The page at `cursor`, or the first one. Records added since the first page are not in later ones. */
export function pageOf(rows: readonly Row[], cursor: Cursor): Page {
  const { query, top, after, before } = cursor;
  // A list of ids tells most records apart by one look.
  const conditions = query.conditions.toSorted((a, b) => Number(b.op === 'in') - Number(a.op === 'in'));
  const fits = (row: Row): boolean =>
    row.id <= top && conditions.every((condition) => matches(row, condition));
  if (before !== undefined) {
    const found = take(rows, indexFrom(rows, before) - 1, -1, query.maxRecords, fits).toReversed();
    const page = found.slice(-query.maxRecords);
    const [first, last] = [page[0], page.at(-1)];
    return {
      rows: page,
      next: last && { query, top, after: last.id },
      previous: first && found.length > page.length ? { query, top, before: first.id } : undefined,
    };
  }
  const found = take(rows, after === undefined ? 0 : indexFrom(rows, after + 1), 1, query.maxRecords, fits);
  const page = found.slice(0, query.maxRecords);
  const [first, last] = [page[0], page.at(-1)];
  return {
    rows: page,
    next: last && found.length > page.length ? { query, top, after: last.id } : undefined,
    previous: after === undefined || first === undefined ? undefined : { query, top, before: first.id },
  };
}

/** As many that fit as asked and one more, which tells whether there is a further page. */
function take(
  rows: readonly Row[],
  from: number,
  step: 1 | -1,
  count: number,
  fits: (row: Row) => boolean,
): Row[] {
  const found: Row[] = [];
  for (let at = from; found.length <= count; at += step) {
    const row = rows[at];
    if (row === undefined) break;
    if (fits(row)) found.push(row);
  }
  return found;
}

/** Place of the first record with this id or a higher one. */
function indexFrom(rows: readonly Row[], id: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as Row).id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const highestId = (rows: readonly Row[]): number => rows.at(-1)?.id ?? -1;
