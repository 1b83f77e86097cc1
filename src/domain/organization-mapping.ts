import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';
import { ModuleId, ModuleOrganizationId, OrganizationId } from './ids.ts';

const decided = {
  /** The module organization's id: one decision each. */
  id: ModuleOrganizationId,
  module: ModuleId,
  by: Actor,
  at: IsoInstant,
};

/** A person's decision on a module organization. No record means unmapped. */
export const OrganizationMapping = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('mapped'),
    ...decided,
    organizationId: OrganizationId,
    /** The suggestion it was approved from, when it was. */
    suggestion: z.object({ confidence: z.number(), reason: z.string() }).optional(),
  }),
  z.object({ status: z.literal('ignored'), ...decided, reason: z.string().trim().min(1) }),
]);
export type OrganizationMapping = z.infer<typeof OrganizationMapping>;

/** What the matcher offers for one module organization; never saved by itself. */
export interface MappingSuggestion {
  readonly moduleOrganizationId: ModuleOrganizationId;
  readonly class: 'sure' | 'likely' | 'ambiguous' | 'none';
  readonly candidates: readonly MappingCandidate[];
}

export interface MappingCandidate {
  readonly organizationId: OrganizationId;
  /** 0 to 1. */
  readonly confidence: number;
  /** A reason a person can check in a second. */
  readonly reason: string;
}
