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
  const fitting = rows.filter(
    (row) => row.id <= top && query.conditions.every((condition) => matches(row, condition)),
  );
  const ahead = fitting.filter((row) => row.id > (after ?? Number.NEGATIVE_INFINITY));
  const page =
    before === undefined
      ? ahead.slice(0, query.maxRecords)
      : fitting.filter((row) => row.id < before).slice(-query.maxRecords);
  const [first, last] = [page[0], page.at(-1)];
  const isLast = last === undefined || last.id === fitting.at(-1)?.id;
  const isFirst = first === undefined || first.id === fitting[0]?.id;
  return {
    rows: page,
    next: isLast ? undefined : { query, top, after: last.id },
    previous: isFirst ? undefined : { query, top, before: first.id },
  };
}

export const highestId = (rows: readonly Row[]): number => rows.at(-1)?.id ?? -1;
