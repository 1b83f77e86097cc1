import type { Message } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { patiently } from './patiently.ts';
import { slackErrorCode } from './slack-error-code.ts';

/**
 * Tells the channel what a person did that cannot be taken back. Where Slack refuses, the billing administrators get it
 * in direct messages; where its answer was lost it may stand there, so that it is not said again. Never throws: what was
 * done is done.
 */
export async function announce(bot: BotContext, message: Message): Promise<void> {
  const quiet = { ...message, unfurl_links: false, unfurl_media: false };
  const say = (channel: string) =>
    patiently(bot, () => bot.slack.posting.chat.postMessage({ channel, ...quiet }));
  try {
    await say(bot.channel);
  } catch (error) {
    const problem = slackErrorCode(error);
    bot.core.log.warn({ channel: bot.channel, error: String(error) }, 'an announcement was not taken');
    if (problem === undefined && !wasLimited(error)) return;
    for (const admin of await bot.roles.holders('admin'))
      await say(admin).catch((failed: unknown) =>
        bot.core.log.warn({ admin, error: String(failed) }, 'a billing administrator could not be told'),
      );
  }
}

const wasLimited = (error: unknown): boolean => error instanceof Error && 'retryAfter' in error;
