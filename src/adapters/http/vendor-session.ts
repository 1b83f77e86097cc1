import type { HttpAnswer, HttpClient, HttpRequest } from './http-client.ts';
import { HttpUnreachable } from './http-unreachable.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Place, VendorProblems } from './vendor-problems.ts';

/** What a test replaces of a vendor's client; everything defaults to the real thing. */
export interface ClientDeps {
  readonly fetch?: typeof globalThis.fetch;
  readonly delay?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** For one attempt, its body included. */
  readonly timeoutMs?: number;
}

/** What a count hands down to each of its requests. */
export interface Call {
  readonly signal: AbortSignal;
  /** Called at every HTTP request made, retries included. */
  readonly onRequest?: (() => void) | undefined;
}

/** For a request that the vendor answers unlike its others. */
export interface Patience {
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
  /** No answer in time counts as this status, as if a gateway before the vendor had given up. */
  readonly lateIs?: number;
}

export interface VendorSession {
  readonly root: URL;
  /** The body of a good answer to a GET with the key, or an `IcbError` that names the place. */
  read(url: URL, place: Place, call: Call, patience?: Patience): Promise<string>;
  /** The same with its headers. */
  get(url: URL, place: Place, call: Call, patience?: Patience): Promise<HttpAnswer>;
  /** The answer whatever its status; throws an `IcbError` only where there was none or the key was refused. */
  ask(url: URL, call: Call, patience?: Patience): Promise<HttpAnswer>;
}

export type Send = (request: HttpRequest & Pick<Patience, 'lateIs'>) => Promise<HttpAnswer>;

/** Sends; no answer at all becomes the vendor's sentence for it. `timeoutMs` is the client's own. */
export const vendorSend =
  (http: HttpClient, host: string, timeoutMs: number, problems: VendorProblems): Send =>
  async (request) => {
    try {
      return await http.send(request);
    } catch (error) {
      if (request.signal.aborted) throw problems.stopped();
      if (!(error instanceof HttpUnreachable)) throw error;
      if (error.reason === 'timeout' && request.lateIs !== undefined)
        return { status: request.lateIs, text: '', throttles: 0, attempts: 1 };
      throw problems.unreachable(error, host, request.timeoutMs ?? timeoutMs);
    }
  };

/** A vendor whose key goes along with every request as it is, such as Basic or a bearer key that never changes. */
export function openKeySession(options: {
  readonly root: URL;
  readonly authorization: string;
  readonly send: Send;
  readonly problems: VendorProblems;
}): VendorSession {
  const { root, authorization, send, problems } = options;

  async function ask(url: URL, call: Call, patience: Patience = {}): Promise<HttpAnswer> {
    const answer = await send({ ...call, ...patience, url, headers: { authorization } });
    if (answer.status === 401) throw problems.credentialsRefused();
    return answer;
  }

  async function get(url: URL, place: Place, call: Call, patience?: Patience): Promise<HttpAnswer> {
    const answer = await ask(url, call, patience);
    const problem = problems.ofStatus(answer, place);
    if (problem !== undefined) throw problem;
    return answer;
  }

  const read = async (...request: Parameters<typeof get>) => (await get(...request)).text;

  return { root, read, get, ask };
}
