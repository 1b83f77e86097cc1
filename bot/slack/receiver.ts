import { type App, ReceiverMultipleAckError, verifySlackRequest } from '@slack/bolt';
import { parseBody } from './parse-body.ts';
import { RecentKeys } from './recent-keys.ts';

/** Slack's payloads are far below this; the limit holds before the signature is known. */
const BODY_LIMIT = 1024 * 1024;
const MAX_SKEW_SECONDS = 300;
/** Slack waits 3 s, network included. */
const ANSWER_WITHIN_MS = 2_800;
/** Answers to menus that are kept for a repeat within their second. */
const OFFERS_KEPT = 50;

export interface ReceiverOptions {
  readonly signingSecret: string;
  /** Milliseconds by the machine's clock: signatures never follow business time. */
  readonly machineNow: () => number;
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  /** A line for the log; never holds a body. */
  readonly refused: (because: string) => void;
  readonly answerWithinMs?: number;
}

/** Bolt's door in web-standard form: Hono and tests hand it a `Request` and get the `Response` once it is acked. */
export class WebReceiver {
  readonly #options: ReceiverOptions;
  #app: App | undefined;
  #closed = false;
  /** Signed requests that were taken. Slack signs each delivery with its own time, repeats included. */
  readonly #taken: RecentKeys;
  readonly #offered = new Map<string, Promise<Response>>();

  constructor(options: ReceiverOptions) {
    this.#options = options;
    // As long as a signature holds: one dated ahead holds longer than one of now.
    this.#taken = new RecentKeys({ now: options.machineNow, forMs: 2 * MAX_SKEW_SECONDS * 1000 });
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {
    this.#closed = false;
  }

  async stop(): Promise<void> {
    this.#closed = true;
  }

  async handle(request: Request): Promise<Response> {
    if (this.#closed) return answer(503, 'icb is stopping. Try again in a minute.');
    if (request.method !== 'POST') return answer(405, 'Slack posts here.');
    const raw = await readBody(request).catch(() => null);
    if (raw === undefined) return answer(413, 'The request is too large.');
    if (raw === null) return answer(400, 'The body could not be read.');
    const refusal = this.#refuse(request.headers, raw);
    if (refusal !== undefined) {
      this.#options.refused(refusal);
      // The reason stays in the log: whoever forges a signature learns nothing from the answer.
      return answer(401, 'The request is not signed by Slack.');
    }
    const body = parseBody(raw, request.headers.get('content-type') ?? '');
    if (body === undefined) return answer(400, 'The body is not one Slack sends.');
    if (body.ssl_check === '1') return answer(200, '');
    if (body.type === 'url_verification') return Response.json({ challenge: String(body.challenge) });
    const signed = `${request.headers.get('x-slack-request-timestamp')} ${request.headers.get('x-slack-signature')}`;
    if (!this.#taken.take(signed)) return this.#again(signed);
    const answered = this.#process(body, request.headers, () => this.#taken.forget(signed));
    // The one payload without anything of its own: typing the same letters twice in a second signs the same bytes.
    if (body.type === 'block_suggestion') this.#keepOffered(signed, answered);
    return answered;
  }

  /** As good as taken: whoever sends it again, a proxy or a forger, gets nothing done and learns nothing new. */
  async #again(signed: string): Promise<Response> {
    this.#options.refused('the same signed request came again');
    return (await this.#offered.get(signed))?.clone() ?? answer(200, '');
  }

  #keepOffered(signed: string, answered: Promise<Response>): void {
    this.#offered.set(
      signed,
      answered.then((response) => response.clone()),
    );
    const [oldest] = this.#offered.keys();
    if (this.#offered.size > OFFERS_KEPT && oldest !== undefined) this.#offered.delete(oldest);
  }

  #refuse(headers: Headers, body: string): string | undefined {
    const signature = headers.get('x-slack-signature');
    const timestamp = headers.get('x-slack-request-timestamp');
    if (!signature || !timestamp) return 'signature headers missing';
    if (!/^\d{1,12}$/.test(timestamp)) return 'timestamp is not a number';
    const now = this.#options.machineNow();
    // Bolt refuses old timestamps only; one dated ahead would stay valid for as long (facts/slack.md §5.6).
    if (Math.abs(now / 1000 - Number(timestamp)) > MAX_SKEW_SECONDS) return 'timestamp is stale or ahead';
    try {
      verifySlackRequest({
        signingSecret: this.#options.signingSecret,
        body,
        headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) },
        nowMilliseconds: now,
      });
      return undefined;
    } catch {
      return 'signature does not match';
    }
  }

  #process(body: Record<string, unknown>, headers: Headers, notTaken: () => void): Promise<Response> {
    const app = this.#app;
    if (!app) {
      notTaken();
      return Promise.resolve(answer(503, 'icb is starting. Try again in a minute.'));
    }
    const { promise, resolve } = Promise.withResolvers<Response>();
    const late = setTimeout(
      () => resolve(answer(503, 'icb took too long. Try again.')),
      this.#options.answerWithinMs ?? ANSWER_WITHIN_MS,
    );
    let acked = false;
    const ack = async (response?: unknown): Promise<void> => {
      if (acked) throw new ReceiverMultipleAckError();
      acked = true;
      resolve(ackResponse(response));
    };
    const retryNum = Number(headers.get('x-slack-retry-num') ?? Number.NaN);
    const retryReason = headers.get('x-slack-retry-reason');
    const work = app.processEvent({
      body,
      ack,
      ...(Number.isInteger(retryNum) ? { retryNum } : {}),
      ...(retryReason === null ? {} : { retryReason }),
    });
    this.#options.track(work).then(
      // Bolt ends without an ack where it knows no such payload; Slack must not wait for the deadline then.
      () => resolve(answer(acked ? 200 : 404, '')),
      () => {
        if (!acked) notTaken();
        resolve(answer(500, 'Something went wrong in icb.'));
      },
    );
    return promise.finally(() => clearTimeout(late));
  }
}

const answer = (status: number, text: string): Response => new Response(text, { status });

function ackResponse(response: unknown): Response {
  if (response === undefined || response === '') return answer(200, '');
  return typeof response === 'string' ? answer(200, response) : Response.json(response);
}

async function readBody(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
