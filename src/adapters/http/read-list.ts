import type { IcbError } from '../../domain/errors.ts';
import type { Place } from './vendor-problems.ts';

/** One page of a list, whatever the vendor calls its rows and its total. */
export interface ListPage<Row> {
  readonly rows: readonly Row[];
  /** How many rows the vendor says the whole list has. */
  readonly total: number;
  /** Absent on the last page. */
  readonly next?: URL | undefined;
}

export interface List<Row> {
  /** `account/devices`, for messages. */
  readonly name: string;
  readonly first: URL;
  readonly key: (row: Row) => string;
  readonly fetchPage: (url: URL, place: Place) => Promise<ListPage<Row>>;
  /** The vendor's word for the total, and what to throw when it does not come out. */
  readonly totalName: string;
  readonly malformed: (place: Place, fault: string) => IcbError;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** 500,000 rows and more: past this the pages run in circles. */
const MAX_PAGES = 2_000;

/** A list may change while it is read; it is read again once before the mismatch counts as the vendor's fault. */
const MAX_READINGS = 2;

/**
 * Every row of a paged list, each key once: a row pushed onto the next page by a new one before it comes twice, and its
 * later form stands. The vendor's own total proves the list whole; a list that is not whole is malformed, never a
 * smaller count.
 */
export async function readList<Row>(list: List<Row>): Promise<readonly Row[]> {
  for (let reading = 1; ; reading++) {
    const { rows, total } = await readOnce(list);
    if (rows.size === total) return [...rows.values()];
    if (reading === MAX_READINGS) {
      throw list.malformed(list.name, `${list.totalName} says ${total}, its pages hold ${rows.size}`);
    }
  }
}

async function readOnce<Row>(list: List<Row>): Promise<{ rows: Map<string, Row>; total: number }> {
  const rows = new Map<string, Row>();
  const seen = new Set<string>();
  let url = list.first;
  for (let number = 1; ; number++) {
    const place = `${list.name}, page ${number}`;
    seen.add(url.href);
    const page = await list.fetchPage(url, place);
    for (const row of page.rows) rows.set(list.key(row), row);
    list.onProgress?.(rows.size, Math.max(rows.size, page.total));
    if (page.next === undefined) return { rows, total: page.total };
    url = page.next;
    if (seen.has(url.href)) throw list.malformed(place, 'its next page is one already read');
    if (page.rows.length === 0) throw list.malformed(place, 'an empty page is followed by another');
    if (number >= MAX_PAGES) throw list.malformed(place, `there are more than ${MAX_PAGES} pages`);
  }
}
