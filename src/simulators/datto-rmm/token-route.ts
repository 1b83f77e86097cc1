import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { StandIn } from './stand-in.ts';

const PUBLIC_CLIENT = `Basic ${Buffer.from('public-client:public').toString('base64')}`;

/** 100 hours, as the vendor's tokens live. */
const LIFE_SECONDS = 360_000;

/** The OAuth password grant at `/auth/oauth/token`. */
export function tokenRoute(standIn: StandIn): Hono {
  const auth = new Hono();
  auth.post('/oauth/token', async (c) => {
    if (c.req.header('authorization') !== PUBLIC_CLIENT) {
      return c.json({ error: 'unauthorized', error_description: 'Full authentication is required' }, 401);
    }
    const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
    const form = new URLSearchParams(isForm ? await c.req.text() : '');
    if (form.get('grant_type') !== 'password') {
      return c.json({ error: 'invalid_request', error_description: 'Missing grant type' }, 400);
    }
    if (form.get('username') !== standIn.apiKey || form.get('password') !== standIn.apiSecret) {
      return c.json({ error: 'invalid_grant', error_description: 'Bad credentials' }, 400);
    }
    const token = randomUUID();
    standIn.tokens.set(token, standIn.now() + LIFE_SECONDS * 1000);
    return c.json({
      access_token: token,
      token_type: 'bearer',
      expires_in: LIFE_SECONDS,
      scope: 'read write',
    });
  });
  return auth;
}
