import { isoInstant } from '../../src/domain/calendar.ts';
import type { SlackPost } from '../../src/domain/slack-post.ts';
import { forgetSlackPosts, slackPosts } from '../../src/usecases/slack-posts.ts';
import type { BotContext } from '../bot-context.ts';
import { changeCard } from './cards.ts';
import { closed } from './held-cards.ts';

/** How long a card asks, in days. */
export const CARD_DAYS = 14;
/** How long is known where a message stands that asks nothing any more. */
const KEPT_DAYS = 30;
/** After so long nobody waits for a message that Slack never took. */
const TRIED_DAYS = 7;

/** What to do instead, once a card has expired. */
const INSTEAD: Readonly<Partial<Record<SlackPost['kind'], string>>> = {
  'access-request': 'Who still needs it asks again.',
  'usage-file': 'Share the file again.',
  'post-request': 'Type `/icb post` for what is pending now.',
};

/** Takes the buttons of cards that nobody pressed in two weeks, and forgets the places of what is long over. */
export async function closeOldCards(bot: BotContext): Promise<void> {
  const now = bot.core.clock.now();
  const before = (days: number) => isoInstant(now.subtract({ hours: 24 * days }));
  const posts = await slackPosts(bot.core);
  const expired = posts.filter(
    ({ state, message, at }) => state === 'posted' && message && at < before(CARD_DAYS),
  );
  for (const { id, kind } of expired) {
    const instead = INSTEAD[kind] ?? 'Type `/icb plan` for what is held now.';
    await changeCard(bot, id, (message) => closed(message, `Expired after ${CARD_DAYS} days. ${instead}`));
  }
  const forgotten = posts.filter(({ state, message, at }) =>
    state === 'posted' ? !message && at < before(KEPT_DAYS) : at < before(TRIED_DAYS),
  );
  if (forgotten.length > 0)
    await forgetSlackPosts(
      bot.core,
      forgotten.map(({ id }) => id),
    );
}
