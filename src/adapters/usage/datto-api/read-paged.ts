import { z } from 'zod';
import { parseAnswer } from '../../http/parse-answer.ts';
import { type ListPage, readList } from '../../http/read-list.ts';
import type { Call } from '../../http/vendor-session.ts';
import type { DattoSession } from './datto-api.ts';
import { rowsOf } from './rows-of.ts';

const Pagination = z.object({
  /** Counts from 1. */
  page: z.number().int(),
  perPage: z.number().int().positive(),
  totalPages: z.number().int().nonnegative(),
  count: z.number().int().nonnegative(),
});
type Pagination = z.infer<typeof Pagination>;

const PER_PAGE = 100;

export interface PagedList<Row extends z.ZodType> {
  /** `bcdr/device` */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly row: Row;
  readonly key: (row: z.infer<Row>) => string;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Every row of a list that comes in pages of `{pagination, items}`. */
export function readPaged<Row extends z.ZodType>(
  session: DattoSession,
  list: PagedList<Row>,
  call: Call,
): Promise<readonly z.infer<Row>[]> {
  const { problems } = session;
  const Page = z.object({ pagination: Pagination, items: rowsOf(list.row) });

  function pageUrl(page: number): URL {
    const url = new URL(list.path, session.root);
    url.search = new URLSearchParams({
      ...list.query,
      _page: String(page),
      _perPage: String(PER_PAGE),
    }).toString();
    return url;
  }

  async function fetchPage(url: URL, place: string): Promise<ListPage<z.infer<Row>>> {
    const text = await session.read(url, place, call);
    const { pagination, items } = parseAnswer(Page, text, (fault) => problems.malformed(place, fault));
    const { page, totalPages } = pagination;
    if (page !== Number(url.searchParams.get('_page')))
      throw problems.malformed(place, `page ${page} came instead`);
    const total = totalOf(pagination);
    return { rows: items, total, next: page < totalPages ? pageUrl(page + 1) : undefined };
  }

  return readList({
    name: list.path,
    first: pageUrl(1),
    key: list.key,
    fetchPage,
    totalName: 'pagination',
    malformed: problems.malformed,
    onProgress: list.onProgress,
  });
}

/**
 * How many rows the list has. The vendor does not say whether `count` is of the page or of the whole list. It is of the
 * whole one where it is more than a page holds; else every page but the last must be full.
 */
function totalOf({ page, perPage, totalPages, count }: Pagination): number {
  if (totalPages <= 1 || count > perPage) return count;
  if (page < totalPages) return totalPages * perPage;
  return (totalPages - 1) * perPage + count;
}
