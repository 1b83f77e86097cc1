import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { WebEnv } from '../deps.ts';
import { docsPage } from '../pages/docs-page.ts';
import { readSession } from '../session-cookie.ts';
import { personIn } from '../viewer.ts';

/** The API described, for programs and for people. Open to all: it holds shapes, no records. */
export function docsRoutes(api: OpenAPIHono<WebEnv>) {
  const describe = (version: string) =>
    api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'icb',
        version,
        description: 'Integrated Customer Billing: usage of modules, billed through contract services.',
      },
      security: [{ bearer: [] }, { session: [] }],
    });
  return new Hono<WebEnv>()
    .get('/openapi.json', (c) => c.json(describe(c.var.deps.version)))
    .get('/docs', async (c) => {
      const session = readSession(c);
      const document = describe(c.var.deps.version);
      return c.html(
        docsPage(document, session && personIn(session, await c.var.deps.roleOf(session.userId))),
      );
    });
}
