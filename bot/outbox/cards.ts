import type { SlackPost } from '../../src/domain/slack-post.ts';
import { changeSlackPost, slackPost, slackPosts } from '../../src/usecases/slack-posts.ts';
import type { Message } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { patiently } from '../slack/patiently.ts';
import { slackErrorCode } from '../slack/slack-error-code.ts';
import { messageOf } from './deliver.ts';
import { hasButtons } from './live-blocks.ts';
import { stored } from './outbox.ts';

/** The post that stands at this place, when it is one of those kept. */
export const cardAt = async (
  bot: BotContext,
  channel: string | undefined,
  ts: string | undefined,
): Promise<SlackPost | undefined> =>
  ts === undefined
    ? undefined
    : (await slackPosts(bot.core)).find((each) => each.channel === channel && each.ts === ts);

/**
 * Changes what a message is to say, first where it is kept, then in Slack: an edit that Slack does not take, or that dies
 * with the process, is made up for by `catchUp`. Returns whether Slack shows it now.
 */
export async function changeCard(
  bot: BotContext,
  id: string,
  change: (message: Message) => Message,
): Promise<boolean> {
  const after = await changeSlackPost(bot.core, id, (post) => {
    if (!post.message) return post;
    const before = messageOf(post);
    const message = stored(change(before));
    if (JSON.stringify(message) === JSON.stringify(stored(before))) return post;
    return { ...post, message, unshown: true };
  });
  if (!after?.unshown || after.state !== 'posted') return after !== undefined;
  await bot.edits.run(id, () => show(bot, id));
  return !(await slackPost(bot.core, id))?.unshown;
}

/** Edits that Slack has not taken yet. */
export async function showUnshown(bot: BotContext): Promise<void> {
  for (const { id, unshown, state } of await slackPosts(bot.core))
    if (unshown && state === 'posted') await bot.edits.run(id, () => show(bot, id));
}

/** Brings Slack to what is kept. */
async function show(bot: BotContext, id: string): Promise<void> {
  const post = await slackPost(bot.core, id);
  if (!post?.message || !post.channel || !post.ts) return;
  const { channel, ts, message: kept } = post;
  const message = messageOf(post);
  try {
    await patiently(bot, () => bot.slack.posting.chat.update({ channel, ts, ...message }));
  } catch (error) {
    bot.core.log.warn({ error: String(error) }, 'a message could not be brought up to date');
    if (!GONE.has(slackErrorCode(error) ?? '')) return;
  }
  await changeSlackPost(bot.core, id, (now) => {
    if (JSON.stringify(now.message) !== JSON.stringify(kept)) return now;
    const { message: _, unshown: _shown, ...rest } = now;
    return hasButtons(kept.blocks) ? { ...rest, message: kept } : rest;
  });
}

/** Nothing is there to edit any more. */
const GONE: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'channel_not_found',
  'is_archived',
  'is_inactive',
]);
