import { isoInstant } from '../../src/domain/calendar.ts';
import { stableId } from '../../src/domain/ids.ts';
import type { SlackPost } from '../../src/domain/slack-post.ts';
import { changeSlackPost, noteSlackPosts, slackPosts } from '../../src/usecases/slack-posts.ts';
import type { Message } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { deliver } from './deliver.ts';
import { hasButtons } from './live-blocks.ts';

export interface NewPost extends Pick<SlackPost, 'key' | 'kind' | 'to' | 'subject' | 'thread' | 'orAdmins'> {
  readonly message: Message;
}

export const postId = (key: string): string => stableId('sp', key);

/**
 * Posts each message once under its key, in this order, whatever happens on the way: all are written down before the first
 * is sent. What Slack does not take now is tried again by `catchUp`. Never throws because of Slack.
 */
export async function post(bot: BotContext, messages: readonly NewPost[]): Promise<readonly SlackPost[]> {
  const at = isoInstant(bot.core.clock.now());
  const [only] = messages;
  const noted = await noteSlackPosts(
    bot.core,
    messages.map(({ message, subject, thread, orAdmins, ...rest }) => ({
      id: postId(rest.key),
      at,
      ...rest,
      ...(subject ? { subject } : {}),
      ...(thread ? { thread } : {}),
      ...(orAdmins ? { orAdmins } : {}),
      ...(bot.core.task ? { task: bot.core.task } : {}),
      // A single one is begun at once.
      state: messages.length === 1 && only ? 'sending' : 'waiting',
      message: stored(message),
    })),
  );
  const sent: SlackPost[] = [];
  for (const { post: each, isNew } of noted) sent.push(await deliver(bot, each.id, { begun: isNew }));
  return sent;
}

/** Keeps where a message stands that was posted otherwise, so that its copies are found again. */
export async function keepPlace(
  bot: BotContext,
  { message, key, ...rest }: Pick<NewPost, 'key' | 'kind' | 'to' | 'subject' | 'message'>,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Promise<void> {
  const id = postId(key);
  const at = isoInstant(bot.core.clock.now());
  const state = { state: 'posted' as const, channel, ts };
  const live = hasButtons(message.blocks) ? { message: stored(message) } : {};
  const { subject, ...plain } = rest;
  const fresh = { id, key, at, ...plain, ...(subject ? { subject } : {}), ...state, ...live };
  const [noted] = await noteSlackPosts(bot.core, [fresh]);
  if (!noted?.isNew)
    await changeSlackPost(bot.core, id, ({ message: _, unshown: _shown, ...before }) => ({
      ...before,
      ...state,
      ...live,
    }));
}

export const stored = ({ text, blocks }: Message): NonNullable<SlackPost['message']> => ({
  text,
  blocks: blocks.map((block) => ({ ...block })),
});

/** What is not in Slack though it should be: never sent, or sent and not seen to end. */
export const unsent = (posts: readonly SlackPost[]): readonly SlackPost[] =>
  posts.filter(({ state }) => state === 'waiting' || state === 'sending');

/** Sends what Slack did not take before. One after another: where one is refused for all, the rest waits too. */
export async function sendWaiting(bot: BotContext): Promise<void> {
  const before = bot.begunBefore();
  for (const { id, at, state: noted } of unsent(await slackPosts(bot.core))) {
    if (noted === 'sending' && at >= before) continue;
    const { state, problem } = await deliver(bot, id);
    if (state === 'waiting' && problem && FOR_ALL.has(problem)) return;
  }
}

/** Refusals that have nothing to do with the message. */
const FOR_ALL: ReadonlySet<string> = new Set([
  'ratelimited',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'account_inactive',
]);
