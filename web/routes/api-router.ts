import { OpenAPIHono } from '@hono/zod-openapi';
import type { WebEnv } from '../deps.ts';

/** A router whose bad input reaches the one error handler instead of zod-openapi's own answer. */
export const apiRouter = (): OpenAPIHono<WebEnv> =>
  new OpenAPIHono<WebEnv>({
    defaultHook: (result) => {
      if (!result.success) throw result.error;
    },
  });
