import { checkBlocks } from '../../src/simulators/slack/block-kit/check-blocks.ts';
import { checkView, isViewTooLarge } from '../../src/simulators/slack/block-kit/check-view.ts';
import { LIMITS } from '../../src/simulators/slack/block-kit/limits.ts';
import { formatProblem } from '../../src/simulators/slack/block-kit/problem.ts';
import { isJson, type Json, list } from '../../src/simulators/slack/block-kit/walk-blocks.ts';
import { schemaProblemsOfBlocks, schemaProblemsOfView } from './slack-schema.ts';

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A notification and a screen reader read `text`, and never the blocks. */
const SPOKEN = new Set(['chat.postMessage', 'chat.update', 'chat.postEphemeral']);

/**
 * Stands between the bot under test and Slack and checks every payload that leaves against the published limits, the
 * surfaces, and Slack's types where their schema is present. Slack itself may say no more than `invalid_blocks`.
 */
export class PayloadGuard {
  readonly problems: string[] = [];
  /** How many payloads were looked at: a guard nobody passes guards nothing. */
  checked = 0;

  /** As `fetch`, with a look at what is sent. */
  fetch(send: Fetch = fetch): Fetch {
    return (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : String(input));
      const sent =
        typeof init?.body === 'string'
          ? init.body
          : init?.body instanceof URLSearchParams
            ? String(init.body)
            : '';
      if (pathname.includes('/response/')) this.#reply(pathname, parsed(sent));
      const method = /\/api\/([a-zA-Z.]+)$/.exec(pathname)?.[1];
      if (method) this.#call(method, formOrJson(sent));
      return send(input, init);
    };
  }

  /** What Slack is answered with: the view or the options in an acknowledgement. */
  answer(body: unknown): void {
    if (!isJson(body)) return;
    if (isJson(body.view)) this.#view('ack', body.view);
    if (body.response_action === undefined && (body.blocks ?? body.text) !== undefined)
      this.#message('ack', body);
    if (Array.isArray(body.options)) {
      this.checked += 1;
      const select = { type: 'static_select', action_id: 'a', options: body.options };
      // An empty list is Slack's “no results”; a static select may not be empty.
      if (body.options.length > 0)
        this.#add(
          'options',
          checkBlocks([{ type: 'actions', elements: [select] }], 'message').map(formatProblem),
        );
    }
  }

  /** Throws what was found, all of it. */
  assertClean(): void {
    if (this.problems.length > 0)
      throw new Error(`Slack would refuse what was sent:\n${this.problems.join('\n')}`);
  }

  #call(method: string, args: Json): void {
    if (args.view !== undefined) this.#view(method, args.view, method === 'views.publish' ? 'home' : 'modal');
    if (SPOKEN.has(method)) {
      this.#message(method, args);
      if (!args.text) this.#add(method, ['no text for notifications and screen readers']);
    }
  }

  #reply(where: string, body: unknown): void {
    if (isJson(body)) this.#message(where, body);
    else this.#add(where, ['a reply must be a JSON object']);
  }

  #message(where: string, { blocks, text, metadata }: Json): void {
    this.checked += 1;
    const length = [...String(text ?? '')].length;
    // Above 4,000 Slack advises against, above 40,000 it cuts.
    if (length > 4_000) this.#add(where, [`text has ${length} characters; keep to 4,000`]);
    if (metadata !== undefined && !isJson(metadata)) this.#add(where, ['metadata is not an object']);
    if (blocks === undefined) return;
    this.#add(where, checkBlocks(blocks, 'message').map(formatProblem));
    this.#add(where, schemaProblemsOfBlocks(list(blocks)));
  }

  #view(where: string, view: unknown, surface: 'modal' | 'home' = 'modal'): void {
    this.checked += 1;
    this.#add(where, checkView(view, surface).map(formatProblem));
    if (isViewTooLarge(view)) this.#add(where, [`the view is larger than ${LIMITS.view.bytes} bytes`]);
    if (isJson(view)) this.#add(where, schemaProblemsOfView(view));
  }

  #add(where: string, problems: readonly string[]): void {
    this.problems.push(...problems.map((problem) => `${where}: ${problem}`));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The SDK sends a form whose structured fields are JSON. */
function formOrJson(text: string): Json {
  if (text.startsWith('{')) return parsed(text) as Json;
  const form: Json = Object.fromEntries(new URLSearchParams(text));
  for (const key of ['view', 'blocks', 'metadata'])
    if (typeof form[key] === 'string') form[key] = parsed(form[key]);
  return form;
}
