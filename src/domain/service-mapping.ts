import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';
import { BillingTypeName, ContractId, ContractServiceId, idOnContract, ModuleId } from './ids.ts';

/** How a change of the count becomes a change of units. Source: product.md "Unit rules". */
export const UnitRule = z.enum(['prorate-daily', 'next-period', 'peak']);
export type UnitRule = z.infer<typeof UnitRule>;

export const DropRule = z.enum(['prorate-daily', 'next-period']);
export type DropRule = z.infer<typeof DropRule>;

const key = {
  id: z.string().min(1),
  contractId: ContractId,
  module: ModuleId,
  billingType: BillingTypeName,
  by: Actor,
  at: IsoInstant,
};

/** Percent with at most two decimals: 33.34. */
export const Share = z
  .number()
  .min(0)
  .max(100)
  .refine((share) => Math.abs(share * 100 - Math.round(share * 100)) < 1e-6, 'at most two decimals');

/** (contract, module, billing type) → contract service, or ignored. */
export const ServiceMapping = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('mapped'),
    ...key,
    contractServiceId: ContractServiceId,
    unitRule: UnitRule,
    dropRule: DropRule.optional(),
    /** Whole units, not prorated. */
    minimum: z.number().int().nonnegative().optional(),
    /** Percent of the count, in hundredths at the finest, when two contracts share a billing type. */
    share: Share.optional(),
    /** Where the first count takes hold: the start of the period running on `since`, or `since` itself. */
    from: z.enum(['period-start', 'today']),
    /** The business day on which this contract service was chosen. */
    since: IsoDate,
  }),
  z.object({ status: z.literal('ignored'), ...key }),
]);
export type ServiceMapping = z.infer<typeof ServiceMapping>;
export type MappedService = Extract<ServiceMapping, { status: 'mapped' }>;

export const serviceMappingId = (contractId: string, module: string, billingType: string): string =>
  idOnContract('sm', contractId, module, billingType);
