import { type Context, Hono } from 'hono';
import { isJson, type Json } from './block-kit/walk-blocks.ts';
import { callMethod } from './methods.ts';
import type { World } from './world.ts';

/** Arguments that arrive as JSON inside a form field. */
const JSON_ARGS = ['blocks', 'attachments', 'view', 'metadata', 'files'];

/** `/api/:method` as the app calls it: token, faults, our refusals, then the method itself. */
export function webApiRoutes(world: World): Hono {
  const routes = new Hono();
  routes.all('/api/:method', async (c) => {
    const name = c.req.param('method');
    const args = await readArgs(c);
    return world.log
      .record('api', name, args, () => answer(world, name, args, tokenOf(c, args)))
      .then(({ response, body }) => response ?? c.json(body, 200, scopesOf(world)));
  });
  routes.post('/upload/v1/:file', async (c) => {
    const { pathname } = new URL(c.req.url);
    const contentType = c.req.header('content-type');
    return world.emulated.pass(pathname, {
      method: 'POST',
      body: await c.req.arrayBuffer(),
      headers: contentType ? { 'content-type': contentType } : {},
    });
  });
  routes.get('/files-pri/:file/:name', (c) => privateFile(world, c));
  return routes;
}

const scopesOf = ({ settings }: World): Record<string, string> =>
  settings.scopes ? { 'x-oauth-scopes': settings.scopes.join(',') } : {};

interface Answered {
  readonly body: Json;
  /** Set when the answer is not plain JSON with status 200. */
  readonly response?: Response;
}

async function answer(world: World, name: string, args: Json, token: string | undefined): Promise<Answered> {
  const wanted = name === 'apps.connections.open' ? world.settings.appToken : world.settings.botToken;
  if (!token) return { body: { ok: false, error: 'not_authed' } };
  if (token !== wanted) return { body: { ok: false, error: 'invalid_auth' } };
  const fault = world.faults.take(name) ?? world.switched.of(name, args.channel);
  if (!fault) return { body: await callMethod(world, name, withoutToken(args)) };
  if (fault.kind === 'slow') {
    await new Promise((resolve) => setTimeout(resolve, fault.ms));
    return { body: await callMethod(world, name, withoutToken(args)) };
  }
  if (fault.applied) await callMethod(world, name, withoutToken(args));
  return { body: { fault }, response: await world.faults.answer(fault) };
}

const withoutToken = ({ token: _, ...args }: Json): Json => args;

function tokenOf(c: Context, args: Json): string | undefined {
  const bearer = /^Bearer\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  return bearer ?? (typeof args.token === 'string' ? args.token : undefined);
}

async function readArgs(c: Context): Promise<Json> {
  const query: Json = c.req.query();
  const text = await c.req.text();
  if (c.req.header('content-type')?.includes('application/json')) {
    const body = parse(text);
    return { ...query, ...(isJson(body) ? body : {}) };
  }
  const form: Json = { ...query, ...Object.fromEntries(new URLSearchParams(text)) };
  for (const key of JSON_ARGS) {
    if (typeof form[key] === 'string') form[key] = parse(form[key]);
  }
  return form;
}

/** What is not JSON stays text and is refused where it is looked at. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An uploaded file's bytes; the app's token or the page's session both see it. */
async function privateFile(world: World, c: Context): Promise<Response> {
  const bearer = /^Bearer\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  // As Slack does: whoever may not read a file gets the sign-in page, with status 200.
  if (bearer !== undefined && bearer !== world.settings.botToken)
    return c.html('<!doctype html><title>Sign in</title>');
  const { pathname } = new URL(c.req.url);
  const response = await world.emulated.pass(pathname, {
    headers: { authorization: `Bearer ${world.settings.botToken}` },
  });
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  return new Response(await response.arrayBuffer(), {
    status: response.status,
    headers: { 'content-type': type },
  });
}
