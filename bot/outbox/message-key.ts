import { z } from 'zod';

const EVENT_TYPE = 'icb_message';

/** What a message of icb carries so that it is known again: every app of the workspace can read it, so ids only. */
export const keyed = (key: string) => ({ event_type: EVENT_TYPE, event_payload: { key } });

const Keyed = z.object({
  ts: z.string(),
  metadata: z.object({ event_type: z.literal(EVENT_TYPE), event_payload: z.object({ key: z.string() }) }),
});

/** The place of the message with this key among messages as Slack tells them; undefined when none carries it. */
export function findKeyed(messages: readonly unknown[], key: string): string | undefined {
  for (const message of messages) {
    const read = Keyed.safeParse(message);
    if (read.success && read.data.metadata.event_payload.key === key) return read.data.ts;
  }
  return undefined;
}
