import { setTimeout as sleep } from 'node:timers/promises';
import type { PsaCall } from '../../ports/psa.ts';
import { createHttpClient, type HttpAnswer, type HttpClient, type HttpRequest } from '../http/http-client.ts';
import { HttpUnreachable } from '../http/http-unreachable.ts';
import { retryAfterMs } from '../http/retry-policy.ts';
import { ThresholdInformation } from './api-types.ts';
import { type Budget, createBudget } from './budget.ts';
import { keep } from './kept.ts';
import { parseAnswer } from './parse-answer.ts';
import {
  budgetUsedUp,
  credentialsRefused,
  integrationCodeRefused,
  movedTo,
  namesIntegrationCode,
  type Place,
  problemOf,
  unreachable,
  zoneMoved,
} from './problems.ts';
import { type AutotaskDeps, type AutotaskSettings, apiRoot } from './settings.ts';
import { isBudgetRefusal, sortAnswer } from './sort-answer.ts';
import { lookUpZone, type Zone } from './zone.ts';

/** One call of the API. */
export interface Ask {
  /** Whose three calls at once this is one of: an entity. */
  readonly entity: string;
  /** Behind `V1.0/`, or the address of a next page. */
  readonly path: string | URL;
  /** Sent by POST; a GET without. */
  readonly json?: string;
  /** Not safe to repeat. */
  readonly once?: boolean;
}

export interface Session {
  zone(call: PsaCall): Promise<Zone>;
  /** The answer, whatever its status except 401. Throws an `IcbError`, an `HttpUnreachable` of a call made once, or the signal's reason. */
  send(ask: Ask, call: PsaCall): Promise<HttpAnswer>;
  /** The body of a good answer, or an `IcbError` that names the place. */
  read(ask: Ask, place: Place, call: PsaCall): Promise<string>;
  /** The body of a good answer, or the `IcbError` for a bad one. */
  bodyOf(answer: HttpAnswer, place: Place): string;
  /** Asks Autotask what is left of the hour. */
  readBudget(call: PsaCall): Promise<void>;
  readonly budget: Budget;
  /** How far the vendor's clock is ahead of this one, as of the last answer; undefined before the first. */
  skewMs(): number | undefined;
  /** Where the database was moved while icb ran, for a day; nothing to be done about it. */
  moved(): string | undefined;
}

/** The vendor rejects a fourth call at once under one integration code and entity. */
const CONCURRENCY = 3;
const RETRY = {
  failureWaits: [1_000, 3_000, 9_000],
  throttleWaits: [2_000, 5_000, 15_000, 30_000],
  longestWait: 60_000,
};
/** Asking again and again with a wrong secret locks the user: a minute's pause at first, doubled each time. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 60 * 60_000;
const MOVE_TOLD_MS = 24 * 60 * 60_000;
const FOREVER = Number.POSITIVE_INFINITY;

const realDelay = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });

/** One API user's dealings with the vendor: zone, credentials, three calls an entity, the hour's budget. */
export function openSession(settings: AutotaskSettings, deps: AutotaskDeps): Session {
  const { now = Date.now, timeoutMs = 90_000, delay = realDelay } = deps;
  const root = apiRoot(settings.apiUrl);
  const budget = createBudget(now);
  const clients = new Map<string, HttpClient>();
  const credentials = {
    ApiIntegrationCode: settings.integrationCode,
    UserName: settings.username,
    Secret: settings.secret,
  };
  const zones = keep((call) => lookUpZone(root, settings.username, askOpenly, call), now, FOREVER);
  let refusedUntil = Number.NEGATIVE_INFINITY;
  let pause = FIRST_PAUSE_MS;
  let skew: number | undefined;
  let move: { readonly text: string; readonly at: number } | undefined;

  function clientOf(entity: string): HttpClient {
    const known = clients.get(entity);
    if (known) return known;
    const client = createHttpClient({
      ...deps,
      concurrency: CONCURRENCY,
      timeoutMs,
      retry: RETRY,
      sort: sortAnswer,
    });
    clients.set(entity, client);
    return client;
  }

  async function http(entity: string, request: HttpRequest): Promise<HttpAnswer> {
    try {
      const answer = await clientOf(entity).send(request);
      const told = Date.parse(answer.date ?? '');
      if (!Number.isNaN(told)) skew = told - now();
      return answer;
    } catch (error) {
      if (!(error instanceof HttpUnreachable) || request.once) throw error;
      throw unreachable(error, request.url.host, timeoutMs);
    }
  }

  const askOpenly = (url: URL, call: PsaCall): Promise<HttpAnswer> =>
    http('zoneInformation', { ...call, url, headers: {} });

  async function attempt(ask: Ask, zone: Zone, count: () => void, call: PsaCall): Promise<HttpAnswer> {
    const { entity, path, ...how } = ask;
    const answer = await http(entity, {
      ...how,
      url: typeof path === 'string' ? new URL(`V1.0/${path}`, zone.root) : path,
      headers: credentials,
      signal: call.signal,
      onRequest() {
        count();
        call.onRequest?.();
      },
    });
    if (isBudgetRefusal(answer.status, answer.text)) {
      budget.refused(retryAfterMs(answer.retryAfter ?? null, now()));
    }
    return answer;
  }

  /** A 401 may mean that the database has moved: its zone is looked up again, once. */
  async function authorized(ask: Ask, count: () => void, call: PsaCall): Promise<HttpAnswer> {
    if (now() < refusedUntil) throw credentialsRefused(refusedUntil);
    const zone = await zones.get(call);
    const first = await attempt(ask, zone, count, call);
    if (first.status !== 401) return accepted(first);
    if (now() < refusedUntil) throw credentialsRefused(refusedUntil);
    zones.drop(zone);
    const renewed = await zones.get(call);
    if (renewed.root.href !== zone.root.href) {
      move = { text: movedTo(zone, renewed), at: now() };
      if (typeof ask.path !== 'string') throw zoneMoved();
    }
    const second = await attempt(ask, renewed, count, call);
    if (second.status !== 401) return accepted(second);
    refusedUntil = now() + pause;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    throw namesIntegrationCode(second) ? integrationCodeRefused() : credentialsRefused(refusedUntil);
  }

  function accepted(answer: HttpAnswer): HttpAnswer {
    pause = FIRST_PAUSE_MS;
    return answer;
  }

  const readings = keep(
    async (call) => {
      const ask: Ask = { entity: 'ThresholdInformation', path: 'ThresholdInformation' };
      const answer = await authorized(ask, budget.spendOnReading, call);
      const text = bodyOf(answer, 'ThresholdInformation');
      const told = parseAnswer(ThresholdInformation, text, 'ThresholdInformation');
      const { externalRequestThreshold: limit, currentTimeframeRequestCount: used } = told;
      budget.learn({ limit, used });
    },
    now,
    0,
  );

  async function send(ask: Ask, call: PsaCall): Promise<HttpAnswer> {
    if (budget.readingDue()) await readings.get(call);
    const wait = budget.pace();
    if (wait > 0) await delay(wait, call.signal);
    return authorized(ask, budget.spend, call);
  }

  function bodyOf(answer: HttpAnswer, place: Place): string {
    const until = isBudgetRefusal(answer.status, answer.text) ? budget.stoppedUntil : undefined;
    if (until !== undefined) throw budgetUsedUp(until);
    const problem = problemOf(answer, place);
    if (problem !== undefined) throw problem;
    return answer.text;
  }

  return {
    zone: zones.get,
    send,
    read: async (ask, place, call) => bodyOf(await send(ask, call), place),
    bodyOf,
    readBudget: readings.get,
    budget,
    skewMs: () => skew,
    moved: () => (move !== undefined && now() < move.at + MOVE_TOLD_MS ? move.text : undefined),
  };
}
