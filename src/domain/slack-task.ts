import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';

/**
 * What a person asked for in Slack and was not answered yet. Written before Slack hears that it was taken, removed once the
 * person knows what came of it: what is still there after a restart was cut off.
 */
export const SlackTask = z.object({
  /** In the audit of whatever it changes. */
  id: z.string().min(1),
  at: IsoInstant,
  by: Actor,
  userId: z.string().min(1),
  kind: z.enum(['command', 'click', 'submit']),
  /** As the person knows it: what was typed, or the words on the button. */
  asked: z.string().max(300),
});
export type SlackTask = z.infer<typeof SlackTask>;
