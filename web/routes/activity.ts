import { createRoute, z } from '@hono/zod-openapi';
import { IsoDate } from '../../src/domain/calendar.ts';
import { ACTIVITY_RESULTS } from '../../src/usecases/activity-filter.ts';
import { listActivity } from '../../src/usecases/list-activity.ts';
import { Currency, Day, Instant, json, Money, PageQuery, PROBLEMS, pageOf } from '../shapes/common.ts';
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
    amount: Money.optional(),
    monthlyAmount: Money.optional(),
    currency: Currency.optional(),
    reason: z.object({ code: z.string(), text: z.string() }),
  })
  .openapi('Activity');

const QueryDay = IsoDate.optional().openapi({ example: '2026-11-30' });
const Part = z.string().max(200).optional().openapi({ description: 'An id, or any part of the name' });

const Query = PageQuery.extend({
  from: QueryDay,
  to: QueryDay,
  module: z.string().optional(),
  billingType: Part,
  organization: z.string().max(200).optional().openapi({ description: 'An id or a name' }),
  contract: Part,
  service: Part,
  result: z.enum(ACTIVITY_RESULTS).optional(),
  failedOnly: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'Only what was not billed: failed, held and blocked' }),
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
