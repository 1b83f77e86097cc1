import { once } from 'node:events';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { takeFault } from '../faults.ts';
import { Refusal } from '../refusal.ts';
import type { StandIn } from '../stand-in.ts';
import { answerOf } from './answer-of.ts';
import { checkKeys, countCall, enter } from './gate.ts';
import { type EntityRoute, type Route, routeOf, type SystemRoute } from './route-of.ts';

type Env = { Bindings: HttpBindings };
const LOGGED = 20_000;

/** The zones' paths, before and after the tenant moved. */
export const ZONE_PATHS = ['/ATServicesRest/', '/zone2/ATServicesRest/'] as const;

/** Autotask's REST API. Paths are taken in any case. */
export function apiRoutes(standIn: StandIn): Hono<Env> {
  const api = new Hono<Env>();
  api.all('*', async (c, next) => {
    const url = new URL(c.req.url);
    const zone = ZONE_PATHS.find((path) => url.pathname.toLowerCase().startsWith(path.toLowerCase()));
    if (zone === undefined) return next();
    const route = routeOf(c.req.method, url.pathname.slice(zone.length));
    const answer = await respond(standIn, c, route, zone);
    standIn.requests.push({
      method: c.req.method,
      path: url.pathname + url.search,
      status: answer === RESPONSE_ALREADY_SENT ? 0 : answer.status,
      entity: route.name,
      at: standIn.now(),
    });
    if (standIn.requests.length > LOGGED) standIn.requests.shift();
    return answer;
  });
  return api;
}

async function respond(standIn: StandIn, c: Context<Env>, route: Route, zone: string): Promise<Response> {
  try {
    const late = takeFault(standIn.faults, 'slow', route.name)?.ms ?? 0;
    if (late + standIn.latencyMs > 0 && route.kind === 'zone') await standIn.sleep(late + standIn.latencyMs);
    const page = takeFault(standIn.faults, 'webPage', route.name);
    if (page !== null) return webPage(c, page.status);
    if (route.kind === 'zone') return c.json(zoneBody(standIn, c));
    if (takeFault(standIn.faults, 'unauthorized', route.name) !== null) throw new Refusal(401);
    if (zone !== ZONE_PATHS[standIn.faults.zoneMoved ? 1 : 0]) throw new Refusal(401);
    if (route.kind === 'unknown')
      throw new Refusal(404, 'No HTTP resource was found that matches the request.');
    if (route.kind === 'versions') return c.json({ apiVersions: ['1.0'] });
    checkKeys(standIn, c.req.raw.headers);
    if (route.kind === 'wrong-verb') return wrongVerb(c);
    countCall(standIn, route.name);
    const leave = enter(standIn, c.req.header('ApiIntegrationCode') ?? '', route.name);
    try {
      await standIn.sleep(late + standIn.latencyMs + standIn.window.delayMs());
      return await passed(standIn, c, route, zone);
    } finally {
      leave();
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(c, error);
  }
}

type Passed = EntityRoute | SystemRoute;
const isWrite = (route: Passed): boolean => ['create', 'patch', 'put'].includes(route.kind);

async function passed(standIn: StandIn, c: Context<Env>, route: Passed, zone: string): Promise<Response> {
  const { faults } = standIn;
  if (takeFault(faults, 'lostRight', route.name) !== null) {
    throw new Refusal(
      403,
      'The logged in Resource does not have the adequate permissions to access this entity.',
    );
  }
  if (isWrite(route) && takeFault(faults, 'resetBeforeCommit', route.name) !== null) return reset(c);
  const body = await bodyFor(standIn, c, route, zone);
  const silent = isWrite(route) ? takeFault(faults, 'timeoutAfterCommit', route.name) : null;
  if (silent !== null) return silent.how === 'reset' ? reset(c) : silence(c);
  if (takeFault(faults, 'emptyAnswer', route.name) !== null) return c.body('', 200);
  if (takeFault(faults, 'brokenJson', route.name) === null) return c.json(body);
  const text = JSON.stringify(body);
  return c.body(text.slice(0, text.length / 2), 200, { 'content-type': 'application/json; charset=utf-8' });
}

async function bodyFor(standIn: StandIn, c: Context<Env>, route: Passed, zone: string): Promise<object> {
  if ('entity' in route) {
    const url = new URL(c.req.url);
    const body = jsonOf(await c.req.text());
    return answerOf(standIn, route, { url, apiUrl: url.origin + zone, body });
  }
  switch (route.kind) {
    case 'version':
      return { majorVersion: '2026', minorVersion: '3', build: '1.24' };
    case 'threshold':
      return {
        externalRequestThreshold: standIn.window.threshold,
        requestThresholdTimeframe: 60,
        currentTimeframeRequestCount: standIn.window.count(),
      };
    default:
      return {};
  }
}

function jsonOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(500, 'The request body is not valid JSON.');
  }
}

function zoneBody({ user, faults }: StandIn, c: Context<Env>): object {
  const { origin, searchParams } = new URL(c.req.url);
  const asked = [...searchParams].find(([name]) => name.toLowerCase() === 'user')?.[1] ?? '';
  if (asked.toLowerCase() !== user.toLowerCase())
    throw new Refusal(500, 'The user name could not be found in any zone.');
  const path = ZONE_PATHS[faults.zoneMoved ? 1 : 0];
  const zoneName = faults.sandbox ? 'Sandbox' : faults.zoneMoved ? 'America East 2' : 'America East 3';
  return { zoneName, url: `${origin}${path}`, webUrl: `${origin}/`, ci: 0 };
}

function refused(c: Context<Env>, { status, errors, retryAfter }: Refusal): Response {
  const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
  if (status === 401 && errors.length === 0) return c.body(null, 401);
  return c.json({ errors }, status as ContentfulStatusCode, headers);
}

const wrongVerb = (c: Context<Env>): Response =>
  c.json({ Message: `The requested resource does not support http method '${c.req.method}'.` }, 405);

const webPage = (c: Context<Env>, status: number): Response =>
  c.html(
    '<!doctype html><title>Error</title><h1>Server Error in Application</h1>',
    status as ContentfulStatusCode,
  );

function reset(c: Context<Env>): Response {
  c.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

/** Never answers: waits until the caller gives up. */
async function silence(c: Context<Env>): Promise<Response> {
  if (!c.env.outgoing.destroyed) await once(c.env.outgoing, 'close');
  return RESPONSE_ALREADY_SENT;
}
