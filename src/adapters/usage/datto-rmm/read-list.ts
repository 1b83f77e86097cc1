import type { Page } from './api-types.ts';
import { malformed, type Place } from './problems.ts';

export interface List<Row> {
  /** `account/devices`, for messages. */
  readonly name: string;
  readonly first: URL;
  readonly key: (row: Row) => string;
  readonly fetchPage: (url: URL, place: Place) => Promise<Page<Row>>;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** 500,000 rows: past this the pages run in circles. */
const MAX_PAGES = 2_000;

/** A list may change while it is read; it is read again once before the mismatch counts as the vendor's fault. */
const MAX_READINGS = 2;

/**
 * Every row of a paged list, each key once: a row pushed onto the next page by a new one before it comes twice, and its
 * later form stands. The vendor's own `totalCount` proves the list whole; a list that is not whole is malformed, never
 * a smaller count.
 */
export async function readList<Row>(list: List<Row>): Promise<readonly Row[]> {
  for (let reading = 1; ; reading++) {
    const { rows, total } = await readOnce(list);
    if (rows.size === total) return [...rows.values()];
    if (reading === MAX_READINGS) {
      throw malformed(list.name, `totalCount says ${total}, its pages hold ${rows.size}`);
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
    const { totalCount, nextPageUrl } = page.pageDetails;
    list.onProgress?.(rows.size, totalCount);
    if (nextPageUrl === undefined || nextPageUrl === null || nextPageUrl === '') {
      return { rows, total: totalCount };
    }
    url = nextUrl(nextPageUrl, url, place);
    if (seen.has(url.href)) throw malformed(place, 'nextPageUrl leads back to a page already read');
    if (page.rows.length === 0) throw malformed(place, 'an empty page has a nextPageUrl');
    if (number >= MAX_PAGES) throw malformed(place, `there are more than ${MAX_PAGES} pages`);
  }
}

/** The bearer token goes along, so a page on another origin is refused rather than followed. */
function nextUrl(next: string, current: URL, place: Place): URL {
  const url = URL.parse(next, current);
  if (url === null) throw malformed(place, 'nextPageUrl is not an address');
  if (url.origin !== current.origin) {
    throw malformed(
      place,
      'nextPageUrl leads to another server than DATTO_RMM_API_URL, where the token must not go',
    );
  }
  return url;
}
