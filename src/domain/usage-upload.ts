import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';
import { ModuleId, ModuleOrganizationId } from './ids.ts';

const Quantity = z.number().int().nonnegative();

/** One count that an upload took in. `before` is null where the count was unknown. */
export const UploadedCount = z.object({
  date: IsoDate,
  externalId: z.string().min(1),
  billingType: z.string().min(1),
  before: Quantity.nullable(),
  quantity: Quantity,
});
export type UploadedCount = z.infer<typeof UploadedCount>;

/** Counts that somebody sent for a module in one batch. */
export const UsageUpload = z.object({
  id: z.string().min(1),
  module: ModuleId,
  at: IsoInstant,
  by: Actor,
  /** The file they came in; left out where they were pushed. */
  file: z.string().optional(),
  /** How many counts it held, and how many of them differed from what was known. */
  accepted: Quantity,
  changed: Quantity,
  /** Kept while it can be undone, then dropped. */
  counts: z.array(UploadedCount),
  /** Module organizations that were seen for the first time. */
  newModuleOrganizations: z.array(ModuleOrganizationId),
  undone: z.object({ at: IsoInstant, by: Actor }).optional(),
});
export type UsageUpload = z.infer<typeof UsageUpload>;
