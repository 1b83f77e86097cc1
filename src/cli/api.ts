import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { compose } from '../compose.ts';
import { readConfig } from '../config.ts';
import { IcbError } from '../domain/errors.ts';
import { jsonOf } from '../domain/json-of.ts';

const Problem = z.object({
  detail: z.string(),
  code: z.string().default('bad-input'),
  reference: z.string().optional(),
  errors: z.array(z.object({ field: z.string().optional(), message: z.string() })).default([]),
});

const Health = z.object({ status: z.literal('ok'), version: z.string() });

/** icb's own API: of the running server where there is one, else of this process on the same data folder. */
export interface Api {
  get<T>(path: string): Promise<T>;
  /** A string or bytes are sent as CSV, anything else as JSON. */
  send<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T>;
  close(): Promise<void>;
}

export interface DownloadApi extends Api {
  /** The bytes of an answer as they come. */
  download(path: string): Promise<AsyncIterable<Uint8Array>>;
}

type Fetch = (request: Request) => Response | Promise<Response>;

/**
 * While a server holds the data folder, commands work through its API; otherwise they open the folder themselves.
 * Errors: those of the API, `config`, `store-locked`.
 */
export async function openApi(environment: NodeJS.ProcessEnv): Promise<DownloadApi> {
  const config = readConfig(environment, { live: false });
  const running = await runningServer(config.baseUrl, config.port);
  if (running) {
    if (!config.apiToken)
      throw new IcbError('config', `icb is running at ${running}; set ICB_API_TOKEN to work with it.`);
    const remote = api(running, config.apiToken, fetch, async () => {});
    return { ...remote, download: async (path) => untilItBreaksOff(await remote.download(path)) };
  }
  const apiToken = randomBytes(24).toString('base64url');
  const local = {
    ...config,
    apiToken,
    // Embed tokens made here must be good at the server's next start.
    secrets: config.secrets.length > 0 ? config.secrets : [apiToken],
    baseUrl: config.baseUrl || 'http://icb.localhost',
    logLevel: 'warn' as const,
    metrics: 'off' as const,
  };
  const icb = await compose(local, { purpose: 'icb command line' });
  return api(local.baseUrl, apiToken, icb.fetch, icb.stop);
}

/** Where icb answers; another program at its address or port is none, and must not get the token. */
export async function runningServer(baseUrl: string, port: number): Promise<string | undefined> {
  for (const url of [baseUrl, `http://127.0.0.1:${port}`]) if (url !== '' && (await isIcb(url))) return url;
  return undefined;
}

async function isIcb(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1_500) });
    return answer.ok && Health.safeParse(jsonOf(await answer.text())).success;
  } catch {
    return false;
  }
}

function api(baseUrl: string, token: string, send: Fetch, close: () => Promise<void>): DownloadApi {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const isCsv = typeof body === 'string' || body instanceof Uint8Array;
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': isCsv ? 'text/csv' : 'application/json',
    };
    const sent = body === undefined ? {} : { body: isCsv ? (body as BodyInit) : JSON.stringify(body) };
    const init = { method, headers, ...sent };
    const answer = await send(new Request(`${baseUrl}${path}`, init));
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text === '' ? 'null' : text);
    throw problem(text, answer.status);
  };
  return {
    async download(path) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await send(new Request(`${baseUrl}${path}`, { headers }));
      if (!answer.ok || !answer.body) throw problem(await answer.text(), answer.status);
      return answer.body;
    },
    get: (path) => call('GET', path),
    send: (method, path, body) => call(method, path, body),
    close,
  };
}

/** The connection says only that it ended; why, the server has logged. */
async function* untilItBreaksOff(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new IcbError(
      'store-unavailable',
      'The download from icb broke off before its end; no file was written, and what came of it does not count. The log of icb says why; try again.',
      { cause: error },
    );
  }
}

function problem(text: string, status: number): IcbError {
  const said = Problem.safeParse(jsonOf(text)).data;
  if (!said) return new IcbError('bad-input', `The icb server answered ${status} without saying why.`);
  const { detail, reference, errors } = said;
  const sentence = reference ? `${detail} (reference ${reference})` : detail;
  return new IcbError('bad-input', sentence, {
    details: errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)),
  });
}
