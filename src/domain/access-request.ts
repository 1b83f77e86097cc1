import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';
import { Role } from './role.ts';

/** A person asks the admins for a role. */
export const AccessRequest = z.object({
  id: z.string().min(1),
  at: IsoInstant,
  userId: z.string().min(1),
  role: Role,
  granted: z
    .object({
      by: Actor,
      at: IsoInstant,
      /** Given, or found to be there. */
      role: Role,
      /** The person had as much or more by then: nothing was given. */
      already: z.literal(true).optional(),
    })
    .optional(),
  /** The admins' copies. */
  places: z.array(z.object({ channel: z.string(), ts: z.string() })),
});
export type AccessRequest = z.infer<typeof AccessRequest>;
