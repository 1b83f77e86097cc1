import { createRoute, z } from '@hono/zod-openapi';
import { listActivity } from '../../src/usecases/list-activity.ts';
import { Day, Instant, json, PageQuery, PROBLEMS, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const ActivityShape = z
  .looseObject({
    id: z.string(),
    runId: z.string(),
    at: Instant,
    date: Day,
    result: z.enum(['up', 'down', 'same', 'failed', 'held', 'blocked']),
    module: z.string(),
    billingType: z.string().optional(),
    organizationId: z.string().optional(),
    contractId: z.string().optional(),
    contractServiceId: z.string().optional(),
    oldUnits: z.int().optional(),
    newUnits: z.int().optional(),
    reason: z.object({ code: z.string(), text: z.string() }),
  })
  .openapi('Activity');

const Query = PageQuery.extend({
  module: z.string().optional(),
  failedOnly: z.enum(['true', 'false']).optional(),
});

export function activityRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/activity',
      tags: ['syncs'],
      summary: 'The activity log: what each run did with each billing type, newest first',
      request: { query: Query },
      responses: { 200: json(pageOf(ActivityShape), 'Activity'), ...PROBLEMS },
    }),
    async (c) => {
      const { failedOnly, ...query } = c.req.valid('query');
      const page = await listActivity(c.var.deps.core, { ...query, failedOnly: failedOnly === 'true' });
      return c.json(pageOf(ActivityShape).parse(page), 200);
    },
  );
}
