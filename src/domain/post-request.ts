import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';
import { Currency, Money } from './money.ts';

/** Somebody asks a second person to post: what exactly, so that it is refused when the data has changed since. */
export const PostRequest = z.object({
  id: z.string().min(1),
  at: IsoInstant,
  by: Actor,
  state: z.enum(['open', 'posted', 'superseded']),
  items: z.array(z.object({ id: z.string(), units: z.number().int(), amount: Money, currency: Currency })),
  totals: z.array(z.object({ currency: Currency, amount: Money })),
  decidedBy: Actor.optional(),
  decidedAt: IsoInstant.optional(),
  /** What became of it, in a sentence. */
  outcome: z.string().optional(),
  /** Where its card stands. */
  places: z.array(z.object({ channel: z.string(), ts: z.string() })),
});
export type PostRequest = z.infer<typeof PostRequest>;
