import { z } from 'zod';

/** `units` is free text of the vendor's: KB, GB, TB. */
export const Storage = z.object({ size: z.number().nonnegative().nullable(), units: z.string().nullable() });
export type Storage = z.infer<typeof Storage>;

/**
 * A backup appliance, of `bcdr/device`. Unknown extra fields are dropped; one that decides what is billed must be there,
 * if only as null: were it renamed by the vendor, every client would quietly count nothing.
 */
export const BackupDevice = z.object({
  serialNumber: z.string().min(1),
  name: z.string().nullish(),
  clientCompanyName: z.string().nullable(),
  resellerCompanyName: z.string().nullish(),
  agentCount: z.number().int().nonnegative().nullable(),
  shareCount: z.number().int().nonnegative().nullable(),
  offsiteStorageUsed: Storage.nullable(),
});
export type BackupDevice = z.infer<typeof BackupDevice>;
