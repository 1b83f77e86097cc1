import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';
import {
  BillingItemId,
  BillingTypeName,
  ContractId,
  ContractServiceId,
  ModuleId,
  OrganizationId,
} from './ids.ts';
import { Currency, Money } from './money.ts';
import { sharedText } from './shared-text.ts';

/**
 * One billing period of a contract service (`period`), or a change inside it (`adjustment`: signed units, prorated
 * from `itemDate` to the period's end). Pending until approved and posted; a posted item never changes again.
 */
export const BillingItem = z.object({
  id: BillingItemId,
  status: z.enum(['pending', 'posted']),
  kind: z.enum(['period', 'adjustment']),
  organizationId: OrganizationId,
  contractId: ContractId,
  contractServiceId: ContractServiceId,
  service: z.string().overwrite(sharedText),
  /** Null: units the PSA held before any module was mapped to the service. */
  module: ModuleId.nullable(),
  billingType: BillingTypeName.nullable(),
  period: z.object({ start: IsoDate, end: IsoDate, days: z.number().int().positive() }),
  /** The day it counts from: the period's start, or an adjustment's effective date. */
  itemDate: IsoDate,
  /** Days from `itemDate` to the period's end, inclusive. */
  days: z.number().int().positive(),
  units: z.number().int(),
  unitPrice: Money,
  unitCost: Money.optional(),
  /** Four decimals while pending, two once posted. */
  amount: Money,
  cost: Money.optional(),
  currency: Currency,
  postedAt: IsoInstant.optional(),
  postedBy: Actor.optional(),
  /** The posted item this one corrects. */
  corrects: BillingItemId.optional(),
  /** The remote PSA's billing items that posted it, and where their figures differ from what was pending here. */
  psa: z.object({ itemIds: z.array(z.string().min(1)).min(1), note: z.string().optional() }).optional(),
  /** Earlier postings that were taken back, oldest first. */
  unposted: z
    .array(z.object({ postedAt: IsoInstant, postedBy: Actor, at: IsoInstant, by: Actor, reason: z.string() }))
    .default([]),
});
export type BillingItem = z.infer<typeof BillingItem>;
