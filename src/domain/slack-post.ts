import { z } from 'zod';
import { IsoInstant } from './calendar.ts';

export const SLACK_POST_KINDS = [
  'summary',
  'details',
  'question',
  'announcement',
  'post-request',
  'access-request',
  'usage-file',
  'notice',
] as const;

/** Blocks as they were sent; Slack's own schema stays with the bot. */
const Message = z.object({ text: z.string(), blocks: z.array(z.looseObject({ type: z.string() })) });

/**
 * A message that icb posts by itself, written down before it is sent: so that it stands in Slack once whatever happens, and
 * every copy of a card is found again when what it asks is decided.
 */
export const SlackPost = z.object({
  id: z.string().min(1),
  /** What makes it the same message: it is posted once under this key, which it carries in Slack too. */
  key: z.string().min(1),
  kind: z.enum(SLACK_POST_KINDS),
  /** The run, request or line it is about. */
  subject: z.string().optional(),
  /** The Slack task it was asked by. */
  task: z.string().optional(),
  at: IsoInstant,
  /** A channel's id, or a person's for a direct message. */
  to: z.string().min(1),
  thread: z.string().optional(),
  /** Whether the administrators get it where the channel cannot be posted to. */
  orAdmins: z.boolean().optional(),
  /**
   * `waiting`: not in Slack, to be sent · `sending`: begun, and nobody has seen it end · `posted` · `rests`: it cannot be
   * posted there, and is not tried again.
   */
  state: z.enum(['waiting', 'sending', 'posted', 'rests']),
  /** Slack's word for why it was not taken. */
  problem: z.string().optional(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  /** As it is to stand in Slack; dropped once it is posted and has no buttons that may go stale. */
  message: Message.optional(),
  /** Slack still shows an older state of it. */
  unshown: z.boolean().optional(),
});
export type SlackPost = z.infer<typeof SlackPost>;
