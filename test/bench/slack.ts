import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from '@slack/bolt';
import { MapMeta, write } from '../../bot/action-ids.ts';
import { createBot } from '../../bot/app.ts';
import { keyOf } from '../../bot/screens/choices.ts';
import { newMapMeta } from '../../bot/screens/load-map-view.ts';
import { WebReceiver } from '../../bot/slack/receiver.ts';
import { slackLogger } from '../../bot/slack/slack-clients.ts';
import { localPsa } from '../../src/adapters/psa-local/local-psa.ts';
import { BUILT_IN_MODULES } from '../../src/catalog/modules.ts';
import { dateIn } from '../../src/domain/calendar.ts';
import { listen } from '../../src/serve.ts';
import { signHeaders } from '../../src/simulators/slack/sign.ts';
import { benchCore } from './bench-core.ts';
import type { BenchRow } from './bench-row.ts';
import { countedStore, ORGANIZATIONS, slackBook } from './slack-book.ts';

const SECRET = 'bench-signing-secret';
const CONCURRENCY = 200;
const ROUNDS = 5;
const OPENINGS = 20;
const MODULE_COUNT = 24;

/** Acks of icb beside a bare Bolt listener behind the same door, and the map modal on a large book. */
export async function slackRows(): Promise<BenchRow[]> {
  const dir = await mkdtemp(join(tmpdir(), 'icb-bench-'));
  const now = () => Temporal.Now.instant();
  const clock = { now, today: () => dateIn(now(), 'Etc/UTC'), timeZone: 'Etc/UTC' };
  const { core, notes, close } = await benchCore(dir, { psa: localPsa(), sources: new Map(), clock });
  const modules = BUILT_IN_MODULES.slice(0, MODULE_COUNT).map(({ id }) => id);
  await core.store.commit(slackBook(modules));
  const counted = countedStore(core.store);
  let opened = () => {};
  const bot = createBot({
    core: { ...core, store: counted.store },
    notes,
    settings: { botToken: 'xoxb-bench', signingSecret: SECRET, channel: 'C1', admins: ['U1'] },
    signIn: async () => 'https://icb.example.com/',
    machineNow: Date.now,
    wait: async () => {},
    fetch: async (input) => {
      if (String(input).endsWith('views.update')) opened();
      return Response.json({ ok: true, ts: '1.1', channel: 'C1', view: { id: 'V1', hash: '1.a' } });
    },
  });
  await bot.start();
  const ours = await listen((each) => bot.handle(each), { port: 0, host: '127.0.0.1' });
  const bare = await bareBolt();
  try {
    const modal = await mappingModal(bot.handle, counted.taken, (listener) => {
      opened = listener;
    });
    await bot.idle();
    return [await acks(ours.port, bare.port, modules.length), modal];
  } finally {
    await bot.stop();
    await ours.close();
    await bare.close();
    await close();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Bolt with nothing behind it: it acks whatever comes. */
async function bareBolt() {
  const receiver = new WebReceiver({
    signingSecret: SECRET,
    machineNow: Date.now,
    track: (work) => work,
    refused: () => {},
  });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-bench' }),
    logger: slackLogger(() => {}),
    convoStore: false,
    ignoreSelf: false,
  });
  app.command(/^/, ({ ack }) => ack());
  app.view(/^/, ({ ack }) => ack());
  return listen((each) => receiver.handle(each), { port: 0, host: '127.0.0.1' });
}

/** Of the book, the first that nobody has decided on. */
const FIRST_OPEN = `${BUILT_IN_MODULES[0]?.id}:0`;

let sent = 0;

const command = (text: string): string => {
  sent += 1;
  const fields = { command: '/icb', text, user_id: 'U1', user_name: 'a', channel_id: 'C1', team_id: 'T1' };
  return new URLSearchParams({ ...fields, trigger_id: `${sent}.1` }).toString();
};

/** A person presses Review with one suggestion ticked: before and after are looked up, nothing is saved yet. */
const submit = (): string => {
  sent += 1;
  const view = {
    id: `V${sent}`,
    type: 'modal',
    hash: '1.a',
    callback_id: 'map',
    private_metadata: write(MapMeta, {
      ...newMapMeta('C1'),
      choices: new Map([[keyOf(FIRST_OPEN), keyOf('1')]]),
    }),
    state: { values: {} },
  };
  const user = { id: 'U1', name: 'a' };
  const payload = { type: 'view_submission', user, team: { id: 'T1' }, trigger_id: `${sent}.2`, view };
  return `payload=${encodeURIComponent(JSON.stringify(payload))}`;
};

const headers = (body: string) => ({
  'content-type': 'application/x-www-form-urlencoded',
  ...signHeaders(SECRET, body, Date.now()),
});

/** Milliseconds until Slack has its answer, over a connection of its own as with many senders. */
function ackMs(port: number, agent: Agent, body: string): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(
      { port, host: '127.0.0.1', path: '/slack/events', method: 'POST', agent, headers: headers(body) },
      (answer) => {
        answer.resume();
        answer.once('end', () =>
          answer.statusCode === 200
            ? resolve(performance.now() - began)
            : reject(new Error(`answered ${answer.statusCode}`)),
        );
      },
    );
    asked.once('error', (error: NodeJS.ErrnoException) =>
      // A connection kept from the round before, which the server let go just now: nothing was sent.
      error.code === 'ECONNRESET' && asked.reusedSocket
        ? ackMs(port, agent, body).then(resolve, reject)
        : reject(error),
    );
    asked.end(body);
  });
}

async function round(port: number, agent: Agent, body: () => string): Promise<number[]> {
  const bodies = Array.from({ length: CONCURRENCY }, body);
  return Promise.all(bodies.map((each) => ackMs(port, agent, each)));
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;

async function acks(ourPort: number, barePort: number, modules: number): Promise<BenchRow> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  // One that only looks, one that is written down before its ack because it may change something, and a form.
  const kinds = { command: () => command('map'), noted: () => command('enable nosuch'), submit };
  const times = {
    command: [] as number[],
    noted: [] as number[],
    submit: [] as number[],
    bare: [] as number[],
  };
  // One round unmeasured, so that neither side pays for compiling.
  for (let i = -1; i < ROUNDS; i++)
    for (const kind of ['command', 'noted', 'submit'] as const) {
      const [own, bare] = [
        await round(ourPort, agent, kinds[kind]),
        await round(barePort, agent, kinds[kind]),
      ];
      if (i < 0) continue;
      times[kind].push(...own);
      times.bare.push(...bare);
    }
  agent.destroy();
  const p99 = Math.max(...[times.command, times.noted, times.submit].map((each) => quantile(each, 0.99)));
  const bolt = quantile(times.bare, 0.99);
  const said = (name: string, values: readonly number[]) =>
    `${name} p50 ${quantile(values, 0.5).toFixed(0)} p99 ${quantile(values, 0.99).toFixed(0)}`;
  return {
    name: 'slack.ack.p99',
    ours: p99,
    peers: { bolt },
    ratio: p99 / bolt,
    unit: 'ms',
    note: `${CONCURRENCY} signed requests at once, ${ORGANIZATIONS} organizations in ${modules} modules mapped; ${said('/icb map', times.command)}, ${said('/icb enable', times.noted)}, ${said('modal submit', times.submit)}, ${said('bare Bolt', times.bare)}`,
  };
}

/** From `/icb map` until the modal is filled, with the book unchanged; beside it the first time after a change. */
async function mappingModal(
  handle: (request: Request) => Promise<Response>,
  taken: () => number,
  onOpened: (listener: () => void) => void,
): Promise<BenchRow> {
  const open = async (): Promise<number> => {
    const filled = new Promise<void>(onOpened);
    const body = command('map');
    const began = performance.now();
    const url = 'http://127.0.0.1/slack/events';
    await handle(new Request(url, { method: 'POST', body, headers: headers(body) }));
    await filled;
    return performance.now() - began;
  };
  taken();
  const first = await open();
  const readFirst = taken();
  const times: number[] = [];
  for (let i = 0; i < OPENINGS; i++) times.push(await open());
  const read = taken() / OPENINGS;
  return {
    name: 'slack.mapping-modal',
    ours: quantile(times, 0.5),
    peers: {},
    unit: 'ms',
    note: `${ORGANIZATIONS} × ${MODULE_COUNT}: ${read} records read; p99 ${quantile(times, 0.99).toFixed(1)} ms; first after the book changed ${first.toFixed(0)} ms, ${readFirst} records`,
  };
}
