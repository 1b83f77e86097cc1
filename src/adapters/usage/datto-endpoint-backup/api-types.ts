import { z } from 'zod';

/** A machine backed up straight to the cloud, of `dtc/assets`. */
export const CloudAsset = z.object({
  assetUuid: z.string().min(1),
  name: z.string().nullish(),
  hostname: z.string().nullish(),
  /** What it is, in the vendor's words. */
  type: z.string().nullable(),
  organizationId: z.union([z.number().int(), z.string()]).nullable(),
  organizationName: z.string().nullish(),
});
export type CloudAsset = z.infer<typeof CloudAsset>;
