import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';

const decided = {
  by: Actor,
  at: IsoInstant,
  /** The audit entry, by which it can be taken back. */
  change: z.string().optional(),
};

/** A person let the held counts of a plan line through, up to and including a day. */
export const Release = z.object({
  through: IsoDate,
  ...decided,
  reason: z.string().trim().min(1).max(500).optional(),
});
export type Release = z.infer<typeof Release>;

/**
 * A person took counts out of a plan line, for dates with a reason. With `units`, that many are subtracted from every
 * day's count; without, the days' counts are not applied and units in force stay. Both ends are included.
 */
export const Exclusion = z.object({
  from: IsoDate,
  until: IsoDate,
  units: z.number().int().positive().optional(),
  reason: z.string().trim().min(1).max(500),
  ...decided,
});
export type Exclusion = z.infer<typeof Exclusion>;

/** What people decided about the counts of one plan line (the id is the line's). Oldest first; only what was undone goes again. */
export const LineDecisions = z.object({
  id: z.string().min(1),
  releases: z.array(Release).default([]),
  exclusions: z.array(Exclusion).default([]),
});
export type LineDecisions = z.infer<typeof LineDecisions>;
