import type { BotContext } from '../bot-context.ts';
import { patiently } from '../slack/patiently.ts';
import { findKeyed } from './message-key.ts';

/** Slack gives apps outside its marketplace no more than this at once in the strictest case (facts/slack.md §1.4). */
const LOOKED_AT = 15;
const PAGES = 7;

/** How far Slack's clock and ours may stand apart. */
const CLOCKS_APART_S = 60;

export type Looked =
  | { readonly state: 'posted'; readonly ts: string }
  | { readonly state: 'absent' }
  /** Slack does not let icb read the channel, or the channel has moved on too far to be sure. */
  | { readonly state: 'unknown'; readonly because: string };

/**
 * Whether a message whose posting nobody saw end stands in its channel.
 * @param since when posting began, in seconds: what is older cannot be it
 */
export async function lookForPosted(
  bot: Pick<BotContext, 'slack' | 'wait'>,
  {
    channel,
    key,
    since,
    thread,
  }: {
    readonly channel: string;
    readonly key: string;
    readonly since: number;
    /** Of a reply: replies stand in their thread alone. */
    readonly thread?: string;
  },
): Promise<Looked> {
  let cursor = '';
  try {
    for (let page = 0; page < PAGES; page++) {
      const what = {
        channel,
        include_all_metadata: true,
        limit: LOOKED_AT,
        ...(cursor ? { cursor } : {}),
      };
      const { conversations } = bot.slack.posting;
      const read = await patiently(bot, () =>
        thread ? conversations.replies({ ...what, ts: thread }) : conversations.history(what),
      );
      const ts = findKeyed(read.messages ?? [], key);
      if (ts) return { state: 'posted', ts };
      const oldest = Number(read.messages?.at(-1)?.ts ?? 0);
      // A channel is read from its newest message on, a thread from its oldest.
      if (!thread && oldest < since - CLOCKS_APART_S) return { state: 'absent' };
      cursor = read.response_metadata?.next_cursor ?? '';
      if (!read.has_more || !cursor) return { state: 'absent' };
    }
    return { state: 'unknown', because: 'too much was written in the channel since' };
  } catch (error) {
    return { state: 'unknown', because: error instanceof Error ? error.message : String(error) };
  }
}
