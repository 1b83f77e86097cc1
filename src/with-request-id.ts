import { randomUUID } from 'node:crypto';
import { inLogContext } from './log-context.ts';

const HEADER = 'X-Request-Id';

/** What a proxy gave it, where it looks like an id and nothing else: it goes into the log and back to the client. */
const WELL_FORMED = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,63}$/;

/** @param connection that of the request, where it came over one: what the HTTP server hands over */
export type Fetch = (request: Request, connection?: object) => Response | Promise<Response>;

/** Every answer names its request, and so does every line of the log that belongs to it. */
export const withRequestId =
  (fetch: Fetch): Fetch =>
  async (request, connection) => {
    const given = request.headers.get(HEADER);
    const requestId = given !== null && WELL_FORMED.test(given) ? given : randomUUID();
    const response = await inLogContext({ requestId }, () => fetch(request, connection));
    response.headers.set(HEADER, requestId);
    return response;
  };
