import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { brokenJson, faultyDays, reasonPhrase, refusesKey, renamed } from '../kit/common-faults.ts';
import { accountBody, agentBody, firewallBody, officeBody } from './bodies.ts';
import type { StandIn } from './stand-in.ts';

const errorAnswer = (c: Context, status: number, headers: Record<string, string> = {}): Response =>
  c.json({ message: reasonPhrase(status) }, status as ContentfulStatusCode, headers);

/** RocketCyber's customer API, the part that has to do with counting, under `/v3`. */
export function apiRoutes(standIn: StandIn): Hono {
  const { world, mode } = standIn;
  const api = new Hono();
  api.use('*', faultyDays(standIn, errorAnswer), authorized(standIn));
  api.get('/:path{accounts?}', (c) => {
    if (c.req.param('path') !== standIn.faults.accountPath) return errorAnswer(c, 404);
    return page(c, standIn, wanted(c, standIn).map(accountBody[mode]));
  });
  api.get('/agents', (c) => {
    const rows = wanted(c, standIn).flatMap((one) => one.agents.map((agent) => agentBody[mode](one, agent)));
    return page(c, standIn, rows);
  });
  api.get('/firewalls', (c) => {
    const rows = wanted(c, standIn).flatMap((one) =>
      one.firewalls.map((firewall) => firewallBody[mode](one, firewall)),
    );
    return page(c, standIn, rows);
  });
  api.get('/office', (c) => {
    const users = world.account(Number(c.req.query('accountId')))?.officeUsers;
    if (users === undefined || users === null) return errorAnswer(c, 404);
    return c.json(renamed(officeBody[mode](users), standIn.faults.changedField));
  });
  api.all('*', (c) => errorAnswer(c, 404));
  return api;
}

/** All accounts, or the one asked for. */
function wanted(c: Context, { world }: StandIn) {
  const id = c.req.query('accountId');
  return world.accounts().filter((account) => id === undefined || account.id === Number(id));
}

const PAGE_SIZE = 1_000;

/** One page of a list; `page` counts from 1. */
function page(c: Context, { faults, mode }: StandIn, all: readonly object[]): Response {
  const number = Math.max(1, Number(c.req.query('page') ?? 1));
  const pageSize = Math.min(PAGE_SIZE, Math.max(1, Number(c.req.query('pageSize') ?? PAGE_SIZE)));
  const start = (number - 1) * pageSize;
  const repeated = faults.duplicateAcrossPages && number > 1 ? 1 : 0;
  const rows = all.slice(start - repeated, start + pageSize);
  const shown = faults.wrongPage ? number + 1 : number;
  const total = all.length + faults.totalCountOff;
  const body =
    mode === 'spec'
      ? { page: shown, pageSize, total, items: rows }
      : {
          totalCount: total,
          currentPage: shown,
          totalPages: faults.onePage ? 1 : Math.ceil(all.length / pageSize),
          dataCount: rows.length + faults.dataCountOff,
          data: rows,
        };
  const faulty = renamed(body, faults.changedField);
  return faults.brokenPage === number ? brokenJson(c, faulty) : c.json(faulty);
}

function authorized(standIn: StandIn): MiddlewareHandler {
  return async (c, next) => {
    const refused = refusesKey(standIn);
    const right = c.req.header('authorization') === `Bearer ${standIn.apiKey}`;
    return refused || !right ? errorAnswer(c, 401) : next();
  };
}
