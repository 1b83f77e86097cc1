import { createHash } from 'node:crypto';
import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { z } from 'zod';
import { RecentKeys } from './recent-keys.ts';

/** Slack repeats an event at once, after a minute and after five more (facts/slack.md §1.1). */
const REPEATS_FOR_MS = 15 * 60_000;

const text = z.string().optional().catch(undefined);
const Delivery = z.object({
  type: text,
  event_id: text,
  trigger_id: text,
  user_id: text,
  user: z.object({ id: text }).optional().catch(undefined),
  command: text,
  text,
  actions: z.array(z.unknown()).optional().catch(undefined),
  view: z.object({ id: text, hash: text, state: z.unknown().optional() }).optional().catch(undefined),
});

/**
 * Whether two deliveries are one and the same thing a person did, by any transport. Events have an id of their own; a
 * command, click or submit is known by its trigger, used once, with all it says beside it. Two clicks of one person are
 * two deliveries: what they may do twice the use cases decide.
 */
export function deliveryKey(body: unknown): string | undefined {
  const read = Delivery.safeParse(body);
  if (!read.success) return undefined;
  const { event_id: event, trigger_id: trigger, ...said } = read.data;
  if (event) return `event ${event}`;
  if (!trigger) return undefined;
  return createHash('sha256')
    .update(JSON.stringify([trigger, said]))
    .digest('base64');
}

/** Bolt middleware before every listener, over HTTP and socket mode alike: a repeat is acked and goes no further. */
export function ignoreRepeats(
  now: () => number,
  ignored: (type: string) => void,
): Middleware<AnyMiddlewareArgs> {
  const recent = new RecentKeys({ now, forMs: REPEATS_FOR_MS });
  return async (args) => {
    const key = deliveryKey(args.body);
    if (key === undefined || recent.take(key)) return args.next();
    ignored(String((args.body as { type?: unknown }).type ?? 'command'));
    if ('ack' in args && typeof args.ack === 'function') await (args.ack as () => Promise<void>)();
  };
}
