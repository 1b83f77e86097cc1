import { createRoute, z } from '@hono/zod-openapi';
import { inspectConnections } from '../../src/usecases/inspect-connections.ts';
import { json, PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const Connection = z
  .object({
    name: z.string().openapi({ example: 'Datto RMM' }),
    findings: z.array(z.object({ ok: z.boolean(), text: z.string() })),
  })
  .openapi('Connection');

export function connectionRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/connections',
      tags: ['operations'],
      summary: 'Look at every connection now: credentials, rights, limits, clock',
      description: 'Asks the PSA, every connected module and Slack, which takes a moment.',
      responses: { 200: json(z.object({ items: z.array(Connection) }), 'What was found'), ...PROBLEMS },
    }),
    async (c) => {
      const { core, inspectSlack } = c.var.deps;
      const [connections, slack] = await Promise.all([inspectConnections(core), inspectSlack?.()]);
      const items = [...connections, ...(slack ? [{ name: 'Slack', findings: slack }] : [])];
      return c.json({ items: z.array(Connection).parse(items) }, 200);
    },
  );
}
