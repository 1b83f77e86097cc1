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

const Device = z.object({ names: z.array(z.string()), more: z.int() });

const RelatedItem = z.object({
  id: z.string(),
  status: z.enum(['pending', 'posted']),
  kind: z.enum(['period', 'adjustment']),
  itemDate: Day,
  units: z.int(),
  amount: Money,
  currency: Currency,
  postedAt: Instant.optional(),
  postedBy: By.optional(),
});

const Suggestion = z.object({ confidence: z.number(), reason: z.string() });

export const ExplanationShape = z
  .object({
    item: BillingItemShape,
    words: z.array(z.string()).openapi({ description: 'Two to four plain sentences' }),
    arithmetic: z.string().openapi({ example: '2 × 12.50 USD × 9 of 30 days = 7.50 USD' }),
    counts: z.array(
      z.object({
        date: Day,
        quantity: z.int().nullable().openapi({ description: 'Null: unknown, which is not zero' }),
        units: z
          .int()
          .nullable()
          .openapi({ description: 'What the line has by that count: exclusions, share and minimum applied' }),
        excluded: z.union([z.literal('all'), z.int()]).optional(),
        held: z.literal(true).optional(),
        moduleOrganizations: z.array(
          z.object({ id: z.string(), name: z.string(), quantity: z.int().nullable() }),
        ),
        devices: z
          .array(z.string())
          .optional()
          .openapi({ description: 'At most 200 names, on the day the item counts from' }),
        moreDevices: z.int().optional(),
        notes: z
          .array(z.string())
          .optional()
          .openapi({ description: 'Why no devices can be told of that day: what was counted instead' }),
      }),
    ),
    deviceChange: z.object({ from: Day, to: Day, came: Device, went: Device }).optional(),
    thinned: z
      .array(z.object({ what: z.enum(['counts', 'devices', 'activity']), from: Day, to: Day, on: Day }))
      .openapi({ description: 'What is gone of the days that explain it, and since when' }),
    organizationMappings: z.array(
      z.object({
        moduleOrganizationId: z.string(),
        moduleOrganization: z.string(),
        organizationId: z.string(),
        by: By,
        at: Instant,
        suggestion: Suggestion.optional(),
      }),
    ),
    serviceMapping: z
      .object({
        unitRule: z.string(),
        dropRule: z.string().optional(),
        minimum: z.int().optional(),
        share: z.number().optional(),
        contractServiceId: z.string(),
        by: By,
        at: Instant,
      })
      .nullable(),
    rule: z.array(z.string()).openapi({ description: 'Unit rule, minimum and share in words' }),
    unitPrice: Money,
    price: z.string().openapi({ description: 'The price and since when' }),
    exclusions: z.array(
      z.object({ from: Day, until: Day, units: z.int().optional(), reason: z.string(), by: By, at: Instant }),
    ),
    releases: z.array(z.object({ through: Day, reason: z.string().optional(), by: By, at: Instant })),
    holds: z.array(
      z.object({
        since: Day,
        through: Day,
        oldUnits: z.int(),
        newUnits: z.int(),
        text: z.string(),
        ended: z.enum(['waiting', 'approved', 'excluded', 'returned', 'otherwise']),
      }),
    ),
    changedBy: z
      .object({
        runId: z.string(),
        at: Instant,
        date: Day,
        trigger: z.string(),
        by: By,
        oldUnits: z.int(),
        newUnits: z.int(),
        reason: z.object({ code: z.string(), text: z.string() }),
      })
      .optional()
      .openapi({ description: 'The sync that made or last changed the units' }),
    corrects: z.string().optional(),
    corrected: RelatedItem.optional(),
    correctedBy: z.array(z.string()),
    corrections: z.array(RelatedItem),
    history: z.array(
      z.object({ what: z.enum(['posted', 'un-posted']), at: Instant, by: By, reason: z.string().optional() }),
    ),
  })
  .openapi('Explanation');
