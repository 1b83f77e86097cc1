import { openAccessRequests } from '../../src/usecases/access-requests.ts';
import { supersedeChangedRequests } from '../../src/usecases/open-post-requests.ts';
import { openRequests } from '../../src/usecases/post-requests.ts';
import { unannouncedPostings } from '../../src/usecases/unannounced-postings.ts';
import type { BotContext } from '../bot-context.ts';
import { askedAdmins } from '../listeners/actions/access.ts';
import { announcementOf } from '../messages/posted-message.ts';
import { postRequested } from '../post-requested.ts';
import { announce } from '../slack/announce.ts';
import { showUnshown } from './cards.ts';
import { settleHeldCards } from './held-cards.ts';
import { closeOldCards } from './old-cards.ts';
import { sendWaiting } from './outbox.ts';
import { tellLost } from './tell-lost.ts';

/**
 * Makes up for everything that a crash, a lost answer or an outage of Slack left behind: people who were not answered,
 * messages that were not sent, cards that show an older state. Each part goes on where another fails.
 */
export const catchUp = (bot: BotContext): Promise<void> =>
  inOrder(bot, [
    tellLost,
    announceLate,
    endRequests,
    askAgain,
    sendWaiting,
    settleHeldCards,
    showUnshown,
    closeOldCards,
  ]);

/** Only what waits for Slack: cheap enough for each minute. */
export const sendAgain = (bot: BotContext): Promise<void> =>
  inOrder(bot, [tellLost, sendWaiting, showUnshown]);

const inOrder = (bot: BotContext, parts: readonly ((bot: BotContext) => Promise<void>)[]): Promise<void> =>
  bot.turns.run('catch up', async () => {
    for (const part of parts)
      await part(bot).catch((error: unknown) =>
        bot.core.log.warn({ part: part.name, error: String(error) }, 'Slack could not be brought up to date'),
      );
  });

/** What goes stale with a sync. */
export async function afterSync(bot: BotContext): Promise<void> {
  await supersedeChangedRequests(bot.core);
  await settleHeldCards(bot);
  await closeOldCards(bot);
}

/** Postings whose process died before the channel was told. */
async function announceLate(bot: BotContext): Promise<void> {
  for (const posting of await unannouncedPostings(bot.core))
    await announce(bot, announcementOf(posting), posting.id);
}

/** Where no sync runs, a request to post grows old too, and its cards say so. */
const endRequests = (bot: BotContext): Promise<void> => supersedeChangedRequests(bot.core);

/** Requests whose process died before anybody was asked. */
async function askAgain(bot: BotContext): Promise<void> {
  for (const request of await openRequests(bot.core)) await postRequested(bot, request);
  for (const request of await openAccessRequests(bot.core)) await askedAdmins(bot, request);
}
