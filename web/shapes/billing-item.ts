import { z } from '@hono/zod-openapi';
import { By, Currency, Day, Instant, Money } from './common.ts';

export const BillingItemShape = z
  .object({
    id: z.string(),
    status: z.enum(['pending', 'posted']),
    kind: z.enum(['period', 'adjustment']),
    organizationId: z.string(),
    organization: z.string(),
    contractId: z.string(),
    contract: z.string(),
    contractServiceId: z.string(),
    service: z.string(),
    module: z.string().nullable().openapi({ description: 'Null: units the PSA held before any mapping' }),
    moduleName: z.string(),
    billingType: z.string().nullable(),
    billingTypeLabel: z.string(),
    period: z.object({ start: Day, end: Day, days: z.int() }),
    itemDate: Day.openapi({ description: 'The day it counts from' }),
    days: z.int().openapi({ description: 'Days from the item date to the end of the period, inclusive' }),
    units: z.int(),
    unitPrice: Money,
    unitCost: Money.optional(),
    amount: Money,
    cost: Money.optional(),
    currency: Currency,
    postedAt: Instant.optional(),
    postedBy: By.optional(),
    corrects: z.string().optional(),
    unposted: z.array(z.object({ postedAt: Instant, postedBy: By, at: Instant, by: By, reason: z.string() })),
  })
  .openapi('BillingItem');

export const Totals = z.array(
  z.object({ currency: Currency, amount: Money, units: z.int(), count: z.int() }),
);

export const Groups = z.array(
  z.object({
    key: z.string(),
    label: z.string(),
    units: z.int(),
    amount: Money,
    currency: Currency,
    count: z.int(),
  }),
);

export const ExplanationShape = z
  .looseObject({
    item: z.looseObject({ id: z.string() }),
    counts: z.array(
      z.looseObject({
        date: Day,
        quantity: z.number().nullable().openapi({ description: 'Null: unknown, which is not zero' }),
        moduleOrganizations: z.array(
          z.looseObject({ id: z.string(), name: z.string(), quantity: z.number().nullable() }),
        ),
      }),
    ),
    organizationMappings: z.array(
      z.looseObject({ moduleOrganizationId: z.string(), organizationId: z.string(), by: By, at: Instant }),
    ),
    serviceMapping: z.looseObject({ unitRule: z.string(), by: By, at: Instant }).nullish(),
    unitPrice: Money,
    arithmetic: z.string(),
    corrects: z.unknown().optional(),
    correctedBy: z.array(z.unknown()),
  })
  .openapi('Explanation');
