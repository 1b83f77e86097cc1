import type { Finding } from '../../src/ports/finding.ts';
import { slackPosts } from '../../src/usecases/slack-posts.ts';
import type { BotContext } from '../bot-context.ts';
import { counted } from '../words/wording.ts';
import { unsent } from './outbox.ts';

/** How many messages Slack has not taken, and people whose command, click or form was not answered. */
export async function waitingFor(bot: BotContext): Promise<number> {
  const lost = (await bot.tasks?.lost(bot.begunBefore())) ?? [];
  return unsent(await slackPosts(bot.core)).length + lost.length;
}

export const waitingFindings = (waiting: number): Finding[] =>
  waiting === 0
    ? []
    : [
        {
          ok: false,
          text: `${counted(waiting, 'message')} to people in Slack wait${waiting === 1 ? 's' : ''} to be sent; icb tries again each minute.`,
        },
      ];
