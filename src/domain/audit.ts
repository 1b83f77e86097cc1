import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';

/** Where people change things, besides the channels of Slack. */
export const PLACES = ['dashboard', 'home', 'form', 'direct message'] as const;
export type Place = (typeof PLACES)[number];

/** Who changed what, when, from what to what. Written in the same commit as the change; never thinned. */
export const AuditEntry = z.object({
  id: z.string().min(1),
  at: IsoInstant,
  by: Actor,
  /** A verb of the use case: `enable-module`, `confirm-mappings`. */
  action: z.string().min(1),
  /** The record it is about, when one. */
  subject: z.string().optional(),
  /** One sentence for the log. */
  text: z.string().min(1),
  /** Where a person asked for it: a channel's id in Slack, or one of `PLACES`. Absent for what nobody clicked. */
  place: z.string().min(1).optional(),
  /** What a person asked for in Slack that made this change. */
  task: z.string().optional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
