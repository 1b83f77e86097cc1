import type { PostRequest } from '../src/domain/post-request.ts';
import { personKey } from '../src/usecases/post-requests.ts';
import { slackPosts } from '../src/usecases/slack-posts.ts';
import type { BotContext } from './bot-context.ts';
import { postRequestMessage } from './messages/post-request-message.ts';
import { changeCard } from './outbox/cards.ts';
import { post } from './outbox/outbox.ts';
import { patiently } from './slack/patiently.ts';

/** A request goes to so many approvers at most, beside the channel. */
const APPROVERS_ASKED = 20;

/** Who may approve it: never the one who asked. */
export const otherApprovers = async (bot: BotContext, { by }: PostRequest): Promise<readonly string[]> =>
  (await bot.roles.holders('approver')).filter(
    (userId) => personKey({ kind: 'slack', userId, name: userId }) !== personKey(by),
  );

/**
 * Asks the channel and each approver who may press it (never the one who asked), once; when it is decided, every copy says
 * who, when and what instead of its buttons.
 */
export async function postRequested(bot: BotContext, request: PostRequest): Promise<void> {
  const message = postRequestMessage(request);
  if (request.state === 'open') {
    const approvers = await otherApprovers(bot, request);
    const about = { kind: 'post-request' as const, subject: request.id, message };
    await post(bot, [
      { ...about, key: `request ${request.id}`, to: bot.channel, orAdmins: true },
      ...approvers
        .slice(0, APPROVERS_ASKED)
        .map((to) => ({ ...about, key: `request ${request.id} ${to}`, to })),
    ]);
    return;
  }
  const copies = (await slackPosts(bot.core)).filter(({ subject }) => subject === request.id);
  await Promise.all(copies.map(({ id }) => changeCard(bot, id, () => message)));
  // Copies of an icb that kept their places with the request.
  for (const { channel, ts } of request.places)
    await patiently(bot, () => bot.slack.posting.chat.update({ channel, ts, ...message }));
}
