import { createRoute, z } from '@hono/zod-openapi';
import { LEAKAGE_REASONS } from '../../src/domain/leakage.ts';
import { listLeakage } from '../../src/usecases/list-leakage.ts';
import { Currency, Day, json, Money, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const LeakageShape = z
  .object({
    id: z.string(),
    module: z.string(),
    moduleName: z.string(),
    moduleOrganizationId: z.string(),
    moduleOrganization: z.string(),
    organizationId: z.string().optional().openapi({ description: 'Absent while it is not mapped' }),
    organization: z.string().optional(),
    contractId: z.string().optional(),
    contract: z.string().optional(),
    contractServiceId: z.string().optional(),
    service: z.string().optional(),
    billingType: z.string(),
    billingTypeLabel: z.string(),
    units: z.int(),
    reason: z.object({ code: z.enum(LEAKAGE_REASONS), text: z.string() }),
    countedOn: Day,
    since: Day.openapi({ description: 'First day of the present run of reports in which it leaked' }),
    ageDays: z.int(),
    amount: Money.optional().openapi({ description: 'Of a whole month; absent where no price is known' }),
    currency: Currency.optional(),
    priceFrom: z
      .enum(['contract', 'typical'])
      .optional()
      .openapi({ description: '`typical`: the median of what the billing type costs elsewhere' }),
  })
  .openapi('Leakage');

const Sum = z.object({
  rows: z.int(),
  units: z.int(),
  amounts: z.array(z.object({ currency: Currency, amount: Money })),
  unpricedUnits: z.int(),
});
const Group = Sum.extend({ key: z.string(), label: z.string() });

const LeakagePage = pageOf(LeakageShape).extend({
  counted: z.boolean().openapi({ description: 'False until an enabled module has been counted' }),
  totals: Sum.extend({ byReason: z.array(Group), byModule: z.array(Group), byAge: z.array(Group) }),
});

const Query = PageQuery.extend({
  module: z.string().max(200).optional().openapi({ description: 'Id or name' }),
  organization: z.string().max(200).optional().openapi({ description: 'Id or name' }),
  reason: z.enum(LEAKAGE_REASONS).optional(),
});

export function leakageRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/leakage',
      tags: ['syncs'],
      summary: 'Usage that is counted but bills nowhere, most money first',
      request: { query: Query },
      responses: { 200: json(LeakagePage, 'One row per module organization and billing type'), ...PROBLEMS },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const { rows, totals, counted } = await listLeakage(c.var.deps.core, filter);
      return c.json(LeakagePage.parse({ ...pageFrom(rows, { limit, cursor }), totals, counted }), 200);
    },
  );
}
