import { z } from '@hono/zod-openapi';
import { PLAN_ACTIONS, PLAN_REASONS } from '../../src/domain/plan.ts';
import { DropRule, UnitRule } from '../../src/domain/service-mapping.ts';
import { Currency, Day, Money, pageOf } from './common.ts';

export const PlanLineShape = z
  .object({
    id: z.string(),
    action: z.enum(PLAN_ACTIONS),
    organizationId: z.string(),
    organization: z.string(),
    contractId: z.string(),
    contract: z.string(),
    contractServiceId: z.string(),
    service: z.string(),
    module: z.string(),
    moduleName: z.string(),
    billingType: z.string(),
    billingTypeLabel: z.string(),
    unitRule: z.enum(UnitRule.options).optional().openapi({ description: 'Absent where it is ignored' }),
    dropRule: z.enum(DropRule.options).optional(),
    oldUnits: z.int(),
    newUnits: z.int(),
    effectiveDate: Day,
    amount: Money.openapi({
      description:
        'Of the change up to the end of this period: prorated where it falls, in full in periods begun since',
    }),
    monthlyAmount: Money.openapi({ description: 'Of the change, in each full period from then on' }),
    currency: Currency,
    heldSince: Day.optional().openapi({
      description: 'Of a held line: the first day whose count waits for a person',
    }),
    reason: z.object({ code: z.enum(PLAN_REASONS), text: z.string() }),
  })
  .openapi('PlanLine');

const Total = z.object({ currency: Currency, amount: Money, monthlyAmount: Money });

const Groups = z.array(
  Total.extend({
    key: z.string(),
    label: z.string(),
    lines: z.int(),
    units: z.int().openapi({ description: 'Units added less units taken away' }),
  }),
);

export const PlanShape = pageOf(PlanLineShape).extend({
  id: z.string().openapi({ description: 'A run that executes exactly this plan has it as its planId' }),
  date: Day,
  counts: z.record(z.enum(PLAN_ACTIONS), z.int()).openapi({ description: 'Lines of the filter by action' }),
  totals: z.array(Total).openapi({ description: 'What a sync would change now, over all pages' }),
  held: z.array(Total).openapi({ description: 'What held lines would change once released' }),
  groups: z
    .object({ module: Groups, organization: Groups })
    .openapi({ description: 'The totals by module and by organization' }),
});
