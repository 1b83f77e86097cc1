import { z } from 'zod';
import { DEVICE_CATEGORIES } from '../simulators/datto-rmm/account.ts';

/** A site of the sample data as the Datto RMM simulator serves it. */
export const SampleSite = z.object({
  uid: z.uuid(),
  name: z.string().min(1),
  autotaskCompanyId: z.string().exactOptional(),
  /** Devices by class, under the finest billing types. */
  counts: z.partialRecord(z.enum(DEVICE_CATEGORIES), z.number().int().positive()),
});
export type SampleSite = z.infer<typeof SampleSite>;
