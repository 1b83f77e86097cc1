import { announcementKey } from '../../src/usecases/unannounced-postings.ts';
import type { Message } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { post } from '../outbox/outbox.ts';

/**
 * Tells the channel what a person did that cannot be taken back, once; where it cannot be posted to, the billing
 * administrators get it in direct messages. Never throws because of Slack: what was done is done.
 * @param change the audit entry of what was done
 */
export async function announce(bot: BotContext, message: Message, change: string): Promise<void> {
  await post(bot, [
    { key: announcementKey(change), kind: 'announcement', to: bot.channel, orAdmins: true, message },
  ]);
}
