import type { PostRequest } from '../src/domain/post-request.ts';
import { rememberRequestPlaces } from '../src/usecases/post-requests.ts';
import type { BotContext } from './bot-context.ts';
import { postRequestMessage } from './messages/post-request-message.ts';
import { patiently } from './slack/patiently.ts';

/** Shows a request in the channel, or what became of it in the place of its card. */
export async function postRequested(bot: BotContext, request: PostRequest): Promise<void> {
  const message = postRequestMessage(request);
  if (request.places.length > 0) {
    for (const { channel, ts } of request.places)
      await patiently(bot, () => bot.slack.posting.chat.update({ channel, ts, ...message }));
    return;
  }
  const { channel, ts } = await patiently(bot, () =>
    bot.slack.posting.chat.postMessage({ channel: bot.channel, ...message, unfurl_links: false }),
  );
  if (channel && ts) await rememberRequestPlaces(bot.core, { id: request.id, places: [{ channel, ts }] });
}
