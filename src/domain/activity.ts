import { z } from 'zod';
import { IsoDate, IsoInstant } from './calendar.ts';
import {
  BillingTypeName,
  ContractId,
  ContractServiceId,
  ModuleId,
  OrganizationId,
  SyncRunId,
} from './ids.ts';
import { Currency, Money } from './money.ts';

/** One row of the activity log: what a run did with one billing type on one contract service, or why a module failed. */
export const Activity = z.object({
  id: z.string().min(1),
  runId: SyncRunId,
  at: IsoInstant,
  date: IsoDate,
  result: z.enum(['up', 'down', 'same', 'failed', 'held', 'blocked']),
  module: ModuleId,
  billingType: BillingTypeName.optional(),
  organizationId: OrganizationId.optional(),
  contractId: ContractId.optional(),
  contractServiceId: ContractServiceId.optional(),
  oldUnits: z.number().int().optional(),
  newUnits: z.number().int().optional(),
  /** Money of the change in the period it falls in, and in each full period from then on. */
  amount: Money.optional(),
  monthlyAmount: Money.optional(),
  currency: Currency.optional(),
  reason: z.object({ code: z.string(), text: z.string() }),
});
export type Activity = z.infer<typeof Activity>;
