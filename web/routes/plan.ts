import { createRoute, z } from '@hono/zod-openapi';
import { PLAN_ACTIONS, PLAN_REASONS } from '../../src/domain/plan.ts';
import { previewSync } from '../../src/usecases/preview-sync.ts';
import { Currency, Day, json, Money, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const PlanLine = z
  .object({
    id: z.string(),
    action: z.enum(PLAN_ACTIONS),
    organizationId: z.string(),
    contractId: z.string(),
    contractServiceId: z.string(),
    module: z.string(),
    billingType: z.string(),
    oldUnits: z.int(),
    newUnits: z.int(),
    effectiveDate: Day,
    amount: Money.openapi({ description: 'Of the change, in the period of the effective date' }),
    monthlyAmount: Money.openapi({ description: 'Of the change, in each full period from then on' }),
    currency: Currency,
    reason: z.object({ code: z.enum(PLAN_REASONS), text: z.string() }),
  })
  .openapi('PlanLine');

const Plan = pageOf(PlanLine).extend({
  totals: z.array(z.object({ currency: Currency, amount: Money, monthlyAmount: Money })),
});

export function planRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/plan',
      tags: ['syncs'],
      summary: 'What a sync would change now, from the last counts stored',
      request: { query: PageQuery },
      responses: { 200: json(Plan, 'One line per service mapping'), ...PROBLEMS },
    }),
    async (c) => {
      const { lines, totals } = await previewSync(c.var.deps.core);
      return c.json(Plan.parse({ ...pageFrom(lines, c.req.valid('query')), totals }), 200);
    },
  );
}
