import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { brokenJson, reasonPhrase, renamed } from '../kit/common-faults.ts';
import type { StandIn } from './stand-in.ts';

/** The vendor's error body. */
export const errorAnswer = (c: Context, status: number, headers: Record<string, string> = {}): Response =>
  c.json({ code: status, message: reasonPhrase(status) }, status as ContentfulStatusCode, headers);

const PER_PAGE = 100;
const MOST_PER_PAGE = 1_000;

/** Lists as the vendor sends them on a good day and on a bad one. */
const listed = (standIn: StandIn, rows: readonly object[]): object =>
  standIn.faults.objectKeyed && rows.length > 0 ? Object.fromEntries(rows.entries()) : rows;

function answer(c: Context, { faults }: StandIn, body: object, page: number): Response {
  const faulty = renamed(body, faults.changedField);
  return faults.brokenPage === page ? brokenJson(c, faulty) : c.json(faulty);
}

/** A list without pages: a bare array. */
export const bareAnswer = (c: Context, standIn: StandIn, rows: readonly object[]): Response =>
  answer(c, standIn, listed(standIn, rows), 1);

/** One page of a list; `_page` counts from 1. */
export function pagedAnswer(c: Context, standIn: StandIn, all: readonly object[]): Response {
  const { faults } = standIn;
  const page = wholeNumber(c.req.query('_page'), 1);
  const perPage = Math.min(wholeNumber(c.req.query('_perPage'), PER_PAGE), MOST_PER_PAGE);
  if (page === 0 || perPage === 0) return errorAnswer(c, 400);
  const start = (page - 1) * perPage;
  const repeated = faults.duplicateAcrossPages && page > 1 ? 1 : 0;
  const rows = all.slice(start - repeated, start + perPage);
  const body = {
    pagination: {
      page: faults.wrongPage ? page + 1 : page,
      perPage,
      totalPages: Math.ceil(all.length / perPage),
      count: (faults.countOfPage ? rows.length : all.length) + faults.countOff,
    },
    items: listed(standIn, rows),
  };
  return answer(c, standIn, body, page);
}

/** Zero for what is not a whole number. */
function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
