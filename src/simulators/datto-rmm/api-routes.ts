import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { faultyDays, refusesKey } from '../kit/common-faults.ts';
import { answer, errorAnswer } from './answers.ts';
import { accountBody, deviceBody, filterBody, siteBody } from './bodies.ts';
import { DEFAULT_FILTERS, queryDevices } from './device-query.ts';
import { listAnswer } from './list-answer.ts';
import { CUT_OFF_RATIO } from './rate-window.ts';
import type { StandIn } from './stand-in.ts';
import type { DeviceRow } from './world.ts';

/** Datto RMM API v2, the part that has to do with counting, under `/api`. */
export function apiRoutes(standIn: StandIn): Hono {
  const api = new Hono();
  api.use(
    '/v2/*',
    blocked(standIn),
    faultyDays(standIn, (c, status, headers) => errorAnswer(c, standIn, status, headers)),
    rateLimited(standIn),
  );
  api.get('/v2/system/status', (c) =>
    answer(c, standIn, { version: '12.4.0', status: 'OK', started: 1_735_689_600_000 }),
  );
  api.use('/v2/*', authorized(standIn));
  api.get('/v2/system/pagination', (c) => answer(c, standIn, { max: 250 }));
  api.get('/v2/system/request_rate', (c) => answer(c, standIn, requestRate(standIn)));
  accountRoutes(api, standIn);
  siteRoutes(api, standIn);
  filterRoutes(api, standIn);
  api.all('*', (c) => errorAnswer(c, standIn, 404));
  return api;
}

function accountRoutes(api: Hono, standIn: StandIn): void {
  const { world } = standIn;
  api.get('/v2/account', (c) => answer(c, standIn, accountBody(world)));
  api.get('/v2/account/sites', (c) => {
    const wanted = c.req.query('siteName')?.toLowerCase() ?? '';
    const rows = world.sites().filter((site) => site.name.toLowerCase().includes(wanted));
    return listAnswer(c, standIn, { name: 'sites', rows, body: (row) => siteBody(row, world.accountUid) });
  });
  api.get('/v2/account/devices', (c) => devicesAnswer(c, standIn, world.rows()));
}

function siteRoutes(api: Hono, standIn: StandIn): void {
  const { world } = standIn;
  api.get('/v2/site/:uid', (c) => {
    const site = world.site(c.req.param('uid'));
    if (site === undefined) return errorAnswer(c, standIn, 404);
    return answer(c, standIn, siteBody(site, world.accountUid));
  });
  api.get('/v2/site/:uid/devices', (c) => {
    const site = world.site(c.req.param('uid'));
    if (site === undefined) return errorAnswer(c, standIn, 404);
    return devicesAnswer(
      c,
      standIn,
      site.devices.map((device) => ({ site, device })),
    );
  });
}

function filterRoutes(api: Hono, standIn: StandIn): void {
  api.get('/v2/filter/default-filters', (c) =>
    listAnswer(c, standIn, {
      name: 'filters',
      rows: DEFAULT_FILTERS,
      body: (filter) => filterBody(filter, 'rmm_default'),
    }),
  );
  api.get('/v2/filter/custom-filters', (c) =>
    listAnswer(c, standIn, {
      name: 'filters',
      rows: standIn.world.filters(),
      body: (filter) => filterBody(filter, 'custom'),
    }),
  );
}

function devicesAnswer(c: Context, standIn: StandIn, from: readonly DeviceRow[]): Response {
  const rows = queryDevices(standIn.world, from, c.req.query());
  if (rows === undefined) return errorAnswer(c, standIn, 404);
  return listAnswer(c, standIn, { name: 'devices', rows, body: (row) => deviceBody(row, standIn.now()) });
}

const requestRate = ({ rate, world }: StandIn) => ({
  slidingTimeWindowSizeSeconds: Math.ceil(rate.windowMs / 1000),
  accountUid: world.accountUid,
  accountCount: rate.count(),
  accountRateLimit: rate.limit,
  accountCutOffRatio: CUT_OFF_RATIO,
  accountWriteRateLimit: 100,
  accountWriteCount: 0,
  operationWriteStatus: { 'site-create': { limit: 100, count: 0 } },
});

/** As when the address is blocked. */
function blocked(standIn: StandIn): MiddlewareHandler {
  return async (c, next) => (standIn.faults.blocked ? errorAnswer(c, standIn, 403) : next());
}

function rateLimited(standIn: StandIn): MiddlewareHandler {
  return async (c, next) => {
    const admission = standIn.rate.admit();
    if (admission === 'blocked') return errorAnswer(c, standIn, 403);
    if (admission === 'throttled') return errorAnswer(c, standIn, 429);
    if (admission === 'slow') await sleep(1_000 * standIn.rateScale);
    return next();
  };
}

function authorized(standIn: StandIn): MiddlewareHandler {
  return async (c, next) => {
    const refused = refusesKey(standIn);
    const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    const end = standIn.tokens.get(token) ?? Number.NEGATIVE_INFINITY;
    return refused || standIn.now() >= end ? errorAnswer(c, standIn, 401) : next();
  };
}
