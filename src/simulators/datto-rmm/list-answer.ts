import type { Context } from 'hono';
import { brokenJson, renamed } from '../kit/common-faults.ts';
import { answer, errorAnswer } from './answers.ts';
import { asSpecified, type Body } from './bodies.ts';
import type { StandIn } from './stand-in.ts';

const PAGE_MAX = 250;

export interface ListOf<Row> {
  /** The vendor's name of the rows: `sites`, `devices`, `filters`. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly body: (row: Row) => Body;
}

/** One page of a list with the vendor's `pageDetails`; `page` counts from 0, `max` above 250 means 250. */
export function listAnswer<Row>(c: Context, standIn: StandIn, list: ListOf<Row>): Response {
  const page = wholeNumber(c.req.query('page'), 0);
  const asked = wholeNumber(c.req.query('max'), PAGE_MAX);
  if (page === undefined || asked === undefined || asked === 0) return errorAnswer(c, standIn, 400);
  const max = Math.min(asked, PAGE_MAX);
  const { faults } = standIn;

  const start = page * max;
  const repeated = faults.duplicateAcrossPages && page > 0 ? 1 : 0;
  const rows = list.rows.slice(start - repeated, start + max);
  const more = start + max < list.rows.length;
  const last = standIn.mode === 'spec' ? '' : null;
  const body = {
    pageDetails: {
      count: rows.length,
      totalCount: list.rows.length + faults.totalCountOff,
      prevPageUrl: page === 0 ? last : pageUrl(c, page - 1, max),
      nextPageUrl: more ? nextPageUrl(c, standIn, page, max) : last,
    },
    [list.name]: rows.map(list.body),
  };
  const faulty = renamed(body, faults.changedField);
  if (faults.brokenPage !== page) return answer(c, standIn, faulty);
  return brokenJson(c, standIn.mode === 'spec' ? asSpecified(faulty) : faulty);
}

function wholeNumber(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Absolute, by the address the caller used. */
function pageUrl(c: Context, page: number, max: number): string {
  const url = new URL(c.req.url);
  url.searchParams.set('page', String(page));
  url.searchParams.set('max', String(max));
  return url.href;
}

function nextPageUrl(c: Context, standIn: StandIn, page: number, max: number): string {
  const { foreignNextPage, repeatNextPage } = standIn.faults;
  const url = new URL(pageUrl(c, repeatNextPage ? page : page + 1, max));
  return foreignNextPage === null ? url.href : new URL(url.pathname + url.search, foreignNextPage).href;
}
