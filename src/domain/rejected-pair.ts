import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';
import { ModuleOrganizationId, OrganizationId, stableId } from './ids.ts';

/** A person said that a module organization is not this organization: it is not suggested for it again. */
export const RejectedPair = z.object({
  id: z.string().min(1),
  moduleOrganizationId: ModuleOrganizationId,
  organizationId: OrganizationId,
  by: Actor,
  at: IsoInstant,
});
export type RejectedPair = z.infer<typeof RejectedPair>;

/** One record a pair, however often it is rejected. */
export const rejectedPairId = (pair: Pick<RejectedPair, 'moduleOrganizationId' | 'organizationId'>): string =>
  stableId('rp', pair.moduleOrganizationId, pair.organizationId);
