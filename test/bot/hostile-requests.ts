import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { MapMeta, write } from '../../bot/action-ids.ts';
import { newMapMeta } from '../../bot/screens/load-map-view.ts';
import { signHeaders } from '../../src/simulators/slack/sign.ts';

export const SECRET = 'demo-signing-secret';
export const NOW = Date.parse('2026-11-10T08:00:00Z');
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** What a stranger sends. `body` as bytes, because not all of it is text. */
export interface Hostile {
  readonly kind: 'forged' | 'replayed' | 'dated' | 'oversized' | 'malformed';
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

const person = { id: 'U0ADMIN', name: 'alex', team_id: 'T1' };
const view = {
  id: 'V1',
  type: 'modal',
  hash: '1.a',
  callback_id: 'map',
  private_metadata: write(MapMeta, newMapMeta('C1')),
  state: { values: {} },
};

/** One of each kind that icb takes, all of them with work behind them. */
export const GENUINE = {
  command: { command: '/icb', text: 'sync now', user_id: 'U0ADMIN', channel_id: 'C1', trigger_id: '1.2' },
  block_actions: {
    type: 'block_actions',
    user: person,
    team: { id: 'T1' },
    trigger_id: '1.3',
    actions: [{ type: 'button', action_id: 'run', block_id: 'b', value: 'plan', action_ts: '1.0' }],
  },
  view_submission: { type: 'view_submission', user: person, team: { id: 'T1' }, trigger_id: '1.4', view },
  block_suggestion: {
    type: 'block_suggestion',
    user: person,
    team: { id: 'T1' },
    action_id: 'map.other',
    block_id: 'b',
    value: 'd',
  },
  event: {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev1',
    event: { type: 'app_home_opened', user: 'U0ADMIN', tab: 'home' },
  },
} as const;
type Kind = keyof typeof GENUINE;
const KINDS = Object.keys(GENUINE) as Kind[];

/** What each kind cannot be read without. */
const NEEDED: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
  command: [['user_id']],
  block_actions: [['user'], ['user', 'id'], ['actions'], ['actions', '0'], ['actions', '0', 'action_id']],
  view_submission: [
    ['user'],
    ['user', 'id'],
    ['view'],
    ['view', 'id'],
    ['view', 'type'],
    ['view', 'callback_id'],
  ],
  block_suggestion: [['user'], ['user', 'id'], ['action_id']],
  event: [['event'], ['event', 'user'], ['event', 'type']],
};

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

/** The body and type with which Slack sends a payload. */
export function encoded(kind: Kind, payload: unknown): { readonly text: string; readonly type: string } {
  if (kind === 'event') return { text: JSON.stringify(payload), type: JSON_TYPE };
  if (kind === 'command')
    return { text: new URLSearchParams(payload as Record<string, string>).toString(), type: FORM };
  return { text: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), type: FORM };
}

const signed = (body: Uint8Array<ArrayBuffer>, type: string, at = NOW, secret = SECRET) => {
  const timestamp = String(Math.floor(at / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
};

const kind = fc.constantFrom(...KINDS);

/** Genuine but for the signature. */
const forged: fc.Arbitrary<Hostile> = fc
  .record({
    kind,
    how: fc.constantFrom('secret', 'digest', 'bytes', 'missing', 'odd'),
    noise: fc.string({ minLength: 1, unit: 'grapheme' }),
    hex: fc.stringMatching(/^[0-9a-f]{64}$/),
  })
  .map(({ kind: which, how, noise, hex }) => {
    const { text, type } = encoded(which, GENUINE[which]);
    const body = bytes(text);
    const right = signed(body, type);
    const ascii = encodeURIComponent(noise);
    const headers: Record<string, Record<string, string>> = {
      secret: signed(body, type, NOW, noise),
      digest: { ...right, 'x-slack-signature': `v0=${hex}` },
      bytes: right,
      missing: { 'content-type': type, 'x-slack-request-timestamp': right['x-slack-request-timestamp'] },
      odd: { ...right, 'x-slack-signature': ascii, 'x-slack-request-timestamp': ascii },
    };
    const changed = how === 'bytes' ? bytes(`${text}&x=${ascii}`) : body;
    return { kind: 'forged', body: changed, headers: headers[how] ?? {} };
  });

/** Signed rightly, but too long ago or ahead of time. */
const dated: fc.Arbitrary<Hostile> = fc
  .record({ kind, seconds: fc.integer({ min: 301, max: 1_000_000_000 }), ahead: fc.boolean() })
  .map(({ kind: which, seconds, ahead }) => {
    const { text, type } = encoded(which, GENUINE[which]);
    const at = NOW + (ahead ? 1 : -1) * seconds * 1000;
    return { kind: 'dated', body: bytes(text), headers: signed(bytes(text), type, at) };
  });

/** Taken once already, byte for byte; what is not signed may differ. */
const replayed: fc.Arbitrary<Hostile> = fc
  .record({ kind, retry: fc.option(fc.integer({ min: -1, max: 99 }), { nil: undefined }) })
  .map(({ kind: which, retry }) => {
    const { text, type } = encoded(which, GENUINE[which]);
    const extra: Record<string, string> =
      retry === undefined
        ? {}
        : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' };
    return { kind: 'replayed', body: bytes(text), headers: { ...signed(bytes(text), type), ...extra } };
  });

const LIMIT = 1024 * 1024;

/** Signed rightly and far too long, said beforehand, wrongly, or not at all. */
const oversized: fc.Arbitrary<Hostile> = fc
  .record({
    kind,
    over: fc.integer({ min: 1, max: 4096 }),
    said: fc.constantFrom(undefined, 'true', '10', '-1', 'many'),
  })
  .map(({ kind: which, over, said }) => {
    const { text, type } = encoded(which, GENUINE[which]);
    const body = new Uint8Array(LIMIT + over).fill(32);
    body.set(Buffer.from(text));
    // Signing a megabyte for each would take most of the time; the limit holds before the signature is looked at.
    const headers = signHeaders(SECRET, text, NOW);
    const length = said === 'true' ? String(body.length) : said;
    return {
      kind: 'oversized',
      body,
      headers: { 'content-type': type, ...headers, ...(length ? { 'content-length': length } : {}) },
    };
  });

/** Signed by Slack's own secret and yet nothing that Slack sends. */
const malformed: fc.Arbitrary<Hostile> = fc
  .oneof(
    { weight: 4, arbitrary: fc.record({ kind, at: fc.nat(), by: notText() }).map(broken) },
    {
      weight: 1,
      arbitrary: fc
        .record({ kind, cut: fc.double({ min: 0.05, max: 0.9, noNaN: true }) })
        .filter(({ kind: which }) => which !== 'command')
        .map(({ kind: which, cut }) => {
          const { text, type } = encoded(which, GENUINE[which]);
          return { text: text.slice(0, Math.floor(text.length * cut)), type };
        }),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ text: fc.json(), type: fc.constantFrom(JSON_TYPE, FORM, '', 'text/plain') })
        .map(({ text, type }) => ({
          text: type === JSON_TYPE ? text : `payload=${encodeURIComponent(text)}`,
          type,
        })),
    },
    {
      weight: 1,
      arbitrary: fc
        .uint8Array({ maxLength: 200 })
        .map((noise) => ({ text: Buffer.from(noise).toString('latin1'), type: FORM })),
    },
  )
  .map(({ text, type }): Hostile => {
    const body = bytes(text);
    return { kind: 'malformed', body, headers: signed(body, type) };
  });

/** A value that stands for no text, object with an id, or list of actions. */
function notText() {
  return fc.oneof(
    fc.constant(undefined),
    fc.constant(null),
    fc.integer(),
    fc.boolean(),
    fc.constant([]),
    fc.constant({}),
    fc.array(fc.integer(), { maxLength: 3 }),
  );
}

function broken({ kind: which, at, by }: { kind: Kind; at: number; by: unknown }) {
  // A form knows only text; a command is broken by what it leaves out.
  const value = which === 'command' ? undefined : by;
  const path = NEEDED[which][at % NEEDED[which].length] ?? [];
  const payload = structuredClone(GENUINE[which]) as unknown as Record<string, unknown>;
  let holder = payload;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return encoded(which, payload);
}

export const hostile: fc.Arbitrary<Hostile> = fc.oneof(
  { weight: 3, arbitrary: forged },
  { weight: 2, arbitrary: dated },
  { weight: 2, arbitrary: replayed },
  { weight: 1, arbitrary: oversized },
  { weight: 4, arbitrary: malformed },
);
