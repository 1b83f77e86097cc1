import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { asSpecified, type Body } from './bodies.ts';
import type { StandIn } from './stand-in.ts';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** The vendor's error body. Its path is given without `/api`, the servlet's mount point. */
export const errorAnswer = (
  c: Context,
  standIn: StandIn,
  status: number,
  headers: Record<string, string> = {},
): Response =>
  c.json(
    {
      timestamp: standIn.now(),
      status,
      error: REASONS[status] ?? 'Error',
      path: c.req.path.replace(/^\/api/, ''),
    },
    status as ContentfulStatusCode,
    headers,
  );

export const answer = (c: Context, standIn: StandIn, body: Body): Response =>
  c.json((standIn.mode === 'spec' ? asSpecified(body) : body) as object);

export const webPage = (c: Context, status: number): Response =>
  c.html('<!doctype html><title>Error</title><h1>Something went wrong</h1>', status as ContentfulStatusCode);
