import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';
import { BillingTypeName, ModuleId, SyncRunId } from './ids.ts';

/** A metric a module counts. */
export const BillingType = z.object({
  name: BillingTypeName,
  /** How people see it where the vendor's name is cryptic: "All devices" for AllDevicesMetric. */
  label: z.string().min(1),
  unit: z.enum(['count', 'true-false']),
  description: z.string().min(1),
  /** Billing types of the same module whose usage this one contains: billing both bills a device twice. */
  contains: z.array(BillingTypeName).default([]),
  /** False where the vendor's own name is unknown and the metric is ours. */
  vendorName: z.boolean(),
});
export type BillingType = z.infer<typeof BillingType>;

/** A Kaseya/Datto product as the catalogue knows it. */
export const Module = z.object({
  id: ModuleId,
  name: z.string().min(1),
  /** Environment variables that connect its API; empty where icb knows no API and usage must be sent to it. */
  settings: z.array(z.string()).default([]),
  billingTypes: z.array(BillingType),
});
export type Module = z.infer<typeof Module>;

/** A module that people added to the catalogue, with billing types of their own. */
export const AddedModule = Module.extend({
  addedAt: IsoInstant,
  addedBy: Actor,
});
export type AddedModule = z.infer<typeof AddedModule>;

/** What people decided about a module, and how its last count went. */
export const ModuleState = z.object({
  id: ModuleId,
  enabled: z.boolean(),
  changedAt: IsoInstant,
  changedBy: Actor,
  lastSync: z
    .object({
      runId: SyncRunId,
      at: IsoInstant,
      state: z.enum(['done', 'failed']),
      problem: z.string().optional(),
    })
    .optional(),
  /** When counts last arrived, kept while later runs fail. */
  lastCountedAt: IsoInstant.optional(),
  /** The earliest day that counts arrived for only later, and when: a plan looks back so far until it has them. */
  recount: z.object({ from: IsoDate, at: IsoInstant }).optional(),
  /** The newest day, and when the newest report was taken, that unit ledgers which go along have taken in. */
  counted: z.object({ through: IsoDate, at: IsoInstant.optional() }).optional(),
  /** How they arrived: read through the module's API, or sent to icb. */
  countedBy: z.enum(['api', 'feed']).optional(),
});
export type ModuleState = z.infer<typeof ModuleState>;
