import { createRoute, z } from '@hono/zod-openapi';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { Day, json, jsonBody, PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const Usage = z
  .object({
    module: z.string().min(1),
    items: z
      .array(
        z.object({
          date: Day,
          moduleOrganization: z.object({ externalId: z.string().min(1), name: z.string().min(1) }),
          billingType: z.string().min(1),
          quantity: z.union([z.int().nonnegative(), z.boolean()]),
        }),
      )
      .min(1)
      .max(50_000),
  })
  .openapi('Usage');

const Accepted = z.object({ accepted: z.int() });

export function usageRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'post',
      path: '/usage',
      tags: ['usage'],
      summary: 'Push usage counts of a module that has no public API',
      description: 'The last count of a day replaces earlier ones of that day. What is absent stays unknown.',
      request: jsonBody(Usage),
      responses: { 200: json(Accepted, 'How many counts were taken'), ...PROBLEMS },
    }),
    async (c) => {
      const usage = c.req.valid('json');
      const done = await importUsage(c.var.deps.core, { by: c.var.viewer.actor, usage });
      return c.json(Accepted.parse(done), 200);
    },
  );
}
