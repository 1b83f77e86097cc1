import { z } from 'zod';
import { IsoDate } from './calendar.ts';
import { ModuleId, ModuleOrganizationId, OrganizationId } from './ids.ts';

/** A customer, site or tenant inside a module. */
export const ModuleOrganization = z.object({
  id: ModuleOrganizationId,
  module: ModuleId,
  externalId: z.string().min(1),
  name: z.string().min(1),
  parentId: ModuleOrganizationId.optional(),
  /** What the module itself knows of the PSA: Datto RMM's `autotaskCompanyId`. */
  hints: z.object({ organizationId: OrganizationId.optional() }).default({}),
  firstSeen: IsoDate,
  lastSeen: IsoDate,
});
export type ModuleOrganization = z.infer<typeof ModuleOrganization>;
