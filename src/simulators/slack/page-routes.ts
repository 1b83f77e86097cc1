import { readFile } from 'node:fs/promises';
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { click } from './click.ts';
import { loadOptions } from './load-options.ts';
import { sendReply } from './replies.ts';
import { sendTyped } from './send-command.ts';
import { openHome } from './send-event.ts';
import { shareFile } from './share-file.ts';
import { snapshot } from './snapshot.ts';
import { closeView, submitView } from './submit-view.ts';
import { useShortcut } from './use-shortcut.ts';
import type { World } from './world.ts';

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

/** Texts of apps are shown here: nothing of theirs may run. */
const POLICY = "default-src 'self'; img-src * data:; base-uri 'none'; form-action 'self'";

const who = { userId: z.string() };
const place = {
  viewId: z.string().optional(),
  messageTs: z.string().optional(),
  channel: z.string().optional(),
  blockId: z.string().optional(),
};
const values = z.record(z.string(), z.unknown()).optional();

const typedBody = z.object({ ...who, text: z.string().min(1), channel: z.string() });
const clickBody = z.object({ ...who, ...place, actionId: z.string(), value: z.unknown().optional(), values });
const optionsBody = z.object({ ...who, ...place, actionId: z.string(), query: z.string(), values });
const submitBody = z.object({ ...who, viewId: z.string(), values });
const closeBody = z.object({ ...who, all: z.boolean().default(false) });
const fileBody = z.object({ ...who, channel: z.string(), name: z.string().min(1), base64: z.base64() });
const faultBody = z.object({ name: z.string(), on: z.boolean() });
const shortcutBody = z.object({
  ...who,
  callbackId: z.string(),
  channel: z.string().optional(),
  messageTs: z.string().optional(),
});
const tabBody = z.object({ ...who, tab: z.enum(['home', 'messages']) });

/** What the page can do; each is the same function the driver calls. */
const ACTS: Readonly<Record<string, (world: World, body: unknown) => Promise<unknown>>> = {
  type(world, raw) {
    const body = typedBody.parse(raw);
    return sendTyped(world, body.userId, body.text, body.channel);
  },
  click(world, raw) {
    const { userId, ...request } = clickBody.parse(raw);
    return click(world, userId, request);
  },
  options(world, raw) {
    const { userId, ...request } = optionsBody.parse(raw);
    return loadOptions(world, userId, request);
  },
  submit(world, raw) {
    const { userId, ...request } = submitBody.parse(raw);
    return submitView(world, userId, request);
  },
  close(world, raw) {
    const body = closeBody.parse(raw);
    return closeView(world, body.userId, body.all);
  },
  async file(world, raw) {
    const { userId, channel, name, base64 } = fileBody.parse(raw);
    await shareFile(world, userId, channel, { name, bytes: Buffer.from(base64, 'base64') });
  },
  async fault(world, raw) {
    const { name, on } = faultBody.parse(raw);
    world.switched.turn(name, on);
  },
  async 'reset-faults'(world) {
    world.switched.reset();
  },
  shortcut(world, raw) {
    const { userId, ...use } = shortcutBody.parse(raw);
    return useShortcut(world, userId, use);
  },
  tab(world, raw) {
    const body = tabBody.parse(raw);
    return openHome(world, body.userId, body.tab);
  },
};

/** The page, what it shows and what it can do; and the response_url apps answer to. */
export function pageRoutes(world: World): Hono {
  const routes = new Hono();
  routes.get('/', () => pageFile('index.html'));
  routes.get('/page/:file{[a-z-]+\\.(js|css)}', (c) => pageFile(c.req.param('file')));
  routes.get('/sim/state', (c) => c.json(snapshot(world, c.req.query('user') ?? firstUser(world))));
  routes.get('/sim/log', (c) => c.json(world.log.entries.slice(-200)));
  routes.get('/sim/changes', (c) => changes(world, c));
  routes.post('/sim/act/:act', async (c) => {
    const act = ACTS[c.req.param('act')];
    // A form on another page cannot send JSON, so it cannot act here either.
    if (!act || !c.req.header('content-type')?.startsWith('application/json')) return c.notFound();
    try {
      return c.json({ result: (await act(world, await c.req.json())) ?? null });
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : 'That did not work.' }, 400);
    }
  });
  routes.post('/response/:token', (c) => answerResponseUrl(world, c));
  return routes;
}

const firstUser = ({ workspace }: World): string => workspace.people[0]?.id ?? '';

async function pageFile(name: string): Promise<Response> {
  const file = await readFile(new URL(`page/${name}`, import.meta.url)).catch(() => undefined);
  if (!file) return new Response('Not found', { status: 404 });
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  return new Response(new Uint8Array(file), {
    headers: { 'content-type': type, 'cache-control': 'no-cache', 'content-security-policy': POLICY },
  });
}

/** Tells the page that something changed; it then asks what. Beats keep proxies from closing it. */
const BEAT_MS = 15_000;

function changes({ workspace }: World, c: Context): Response {
  return streamSSE(c, async (stream) => {
    const tell = () => void stream.writeSSE({ event: 'change', data: String(workspace.revision) });
    const forget = workspace.onChange(tell);
    stream.onAbort(forget);
    tell();
    while (!stream.aborted)
      await stream.sleep(BEAT_MS).then(() => stream.writeSSE({ event: 'beat', data: '' }));
  });
}

async function answerResponseUrl(world: World, c: Context): Promise<Response> {
  const text = await c.req.text();
  const answered = await world.log.record('response_url', 'response_url', text, async () => {
    const use = world.responseUrls.use(c.req.param('token') ?? '');
    if (!use.ok) return { status: 404 as const, body: { ok: false, error: use.error } };
    const body = await sendReply(world, use.issued, readBody(c, text));
    return { status: body.ok === false ? (400 as const) : (200 as const), body };
  });
  return c.json(answered.body, answered.status);
}

function readBody(c: Context, text: string): unknown {
  const form = c.req.header('content-type')?.includes('form-urlencoded');
  try {
    return JSON.parse(form ? (new URLSearchParams(text).get('payload') ?? '') : text);
  } catch {
    return undefined;
  }
}
