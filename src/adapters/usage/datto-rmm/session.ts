import { createHttpClient, type HttpAnswer, type HttpRequest } from '../../http/http-client.ts';
import type { Place } from '../../http/vendor-problems.ts';
import { type Call, type ClientDeps, vendorSend } from '../../http/vendor-session.ts';
import { accessTokens, PUBLIC_CLIENT, TOKEN_PATH } from './access-token.ts';
import { blocked, isBlock, problemOf, problems } from './problems.ts';
import { type DattoRmmSettings, dattoRmmRoot } from './settings.ts';

export interface Session {
  readonly root: URL;
  /** The body of a good answer to an authorized GET, or an `IcbError` that names the place. */
  read(url: URL, place: Place, call: Call): Promise<string>;
  /** The same with its headers. */
  get(url: URL, place: Place, call: Call): Promise<HttpAnswer>;
}

/** The vendor allows 600 reads in 60 seconds to all keys of an account, and slows its answers above 540. */
const RATE = { requests: 540, windowMs: 60_000 };
const BLOCK_MS = 5 * 60_000;
const RETRY = {
  failureWaits: [1_000, 2_000, 4_000],
  throttleWaits: [5_000, 10_000, 20_000, 30_000],
  longestWait: 120_000,
};

/** One API key's dealings with the vendor: sign-in, rate, retries, and keeping away while blocked. */
export function openSession(settings: DattoRmmSettings, deps: ClientDeps): Session {
  const { now = Date.now, timeoutMs = 20_000 } = deps;
  const root = dattoRmmRoot(settings.apiUrl);
  const http = createHttpClient({ ...deps, concurrency: 2, rate: RATE, timeoutMs, retry: RETRY });
  const sendOnce = vendorSend(http, root.host, timeoutMs, problems);
  const tokens = accessTokens(settings, now);
  let throttledAt = Number.NEGATIVE_INFINITY;
  let blockedUntil = Number.NEGATIVE_INFINITY;

  const recentlyThrottled = () => now() - throttledAt < BLOCK_MS;

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    // Asking again while the address is blocked prolongs the block.
    if (now() < blockedUntil) throw blocked();
    const answer = await sendOnce(request);
    if (answer.throttles > 0 || answer.status === 429) throttledAt = now();
    if (isBlock(answer, recentlyThrottled())) blockedUntil = now() + BLOCK_MS;
    return answer;
  }

  function good(answer: HttpAnswer, place: Place): HttpAnswer {
    const problem = problemOf(answer, place, recentlyThrottled());
    if (problem !== undefined) throw problem;
    return answer;
  }

  const bearer = (call: Call): Promise<string> =>
    tokens.current(async (form) => {
      const url = new URL(TOKEN_PATH, root);
      const answer = await send({ ...call, url, form, headers: { authorization: PUBLIC_CLIENT } });
      if (answer.status === 400 || answer.status === 401) throw problems.credentialsRefused();
      return good(answer, 'the sign-in').text;
    });

  async function get(url: URL, place: Place, call: Call): Promise<HttpAnswer> {
    for (let signIns = 0; signIns < 2; signIns++) {
      const token = await bearer(call);
      const answer = await send({ ...call, url, headers: { authorization: `Bearer ${token}` } });
      if (answer.status !== 401) return good(answer, place);
      // A token may be revoked before its time; a fresh one that is refused too means the key itself is.
      tokens.forget(token);
    }
    throw problems.credentialsRefused();
  }

  const read = async (...request: Parameters<typeof get>) => (await get(...request)).text;

  return { root, read, get };
}
