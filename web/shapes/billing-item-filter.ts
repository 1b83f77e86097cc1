import { z } from '@hono/zod-openapi';
import { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';

const text = z.string().optional();
const several = (what: string) => text.openapi({ description: `${what}; several joined by commas` });

/** The filter in a URL, for the description; `decodeBillingItemFilter` reads it. */
export const FilterQuery = z.object({
  status: z.enum(['pending', 'posted']).or(z.literal('')).optional(),
  module: several('Module id'),
  organization: several('Organization id'),
  contract: several('Contract id'),
  billingType: several('Billing type'),
  service: several('Service name'),
  currency: text,
  period: text.openapi({ description: 'Month in which the billing period starts', example: '2026-11' }),
  from: text.openapi({ description: 'First month, instead of `period`', example: '2026-01' }),
  to: text.openapi({ description: 'Last month, instead of `period`', example: '2026-12' }),
});

const oneOrMore = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), schema);

const month = z.preprocess(
  (value) => (typeof value === 'string' ? { from: value, to: value } : value),
  BillingItemFilter.shape.period,
);

const { shape } = BillingItemFilter;

/** The filter in a body: as the core takes it, with `"module": "datto-rmm"` and `"period": "2026-11"` for short. */
export const FilterBody = z
  .strictObject({
    ...shape,
    module: oneOrMore(shape.module),
    organization: oneOrMore(shape.organization),
    contract: oneOrMore(shape.contract),
    billingType: oneOrMore(shape.billingType),
    service: oneOrMore(shape.service),
    period: month,
  })
  .openapi('BillingItemFilter');
