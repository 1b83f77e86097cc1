import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { reasonPhrase } from '../kit/common-faults.ts';
import { asSpecified, type Body } from './bodies.ts';
import type { StandIn } from './stand-in.ts';

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
      error: reasonPhrase(status),
      path: c.req.path.replace(/^\/api/, ''),
    },
    status as ContentfulStatusCode,
    headers,
  );

export const answer = (c: Context, standIn: StandIn, body: Body): Response =>
  c.json((standIn.mode === 'spec' ? asSpecified(body) : body) as object);
