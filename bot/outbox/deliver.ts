import type { KnownBlock } from '@slack/types';
import type { SlackPost } from '../../src/domain/slack-post.ts';
import { changeSlackPost, slackPost } from '../../src/usecases/slack-posts.ts';
import type { Message } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { unusableChannelMessage } from '../messages/unusable-channel-message.ts';
import { patiently } from '../slack/patiently.ts';
import { slackErrorCode } from '../slack/slack-error-code.ts';
import { hasButtons } from './live-blocks.ts';
import { type Looked, lookForPosted } from './look-for-posted.ts';
import { keyed } from './message-key.ts';
import { post } from './outbox.ts';
import { UNUSABLE } from './unusable.ts';

/**
 * Sends one post that was written down, unless it stands in Slack: where nobody saw an earlier sending end, the place it
 * was sent to is looked through for its key first.
 * @param begun it was written down as begun just now, by the caller: nothing was sent before
 */
export function deliver(
  bot: BotContext,
  id: string,
  { begun = false }: { readonly begun?: boolean } = {},
): Promise<SlackPost> {
  return bot.turns.run(`post ${id}`, async () => {
    const noted = await slackPost(bot.core, id);
    if (!noted) throw new Error('a post that was not written down');
    if (noted.state === 'posted' || noted.state === 'rests') return noted;
    if (noted.state === 'waiting') return send(bot, await changed(bot, id, { state: 'sending' }));
    if (begun) return send(bot, noted);
    const looked = await lookFor(bot, noted);
    if (looked.state === 'posted') return arrived(bot, noted, looked);
    return looked.state === 'absent' ? send(bot, noted) : uncertain(bot, noted, looked.because);
  });
}

async function send(bot: BotContext, noted: SlackPost): Promise<SlackPost> {
  const { id, to, thread, key } = noted;
  try {
    const { channel, ts } = await patiently(bot, () =>
      bot.slack.posting.chat.postMessage({
        channel: to,
        ...messageOf(noted),
        metadata: keyed(key),
        unfurl_links: false,
        unfurl_media: false,
        ...(thread ? { thread_ts: thread } : {}),
      }),
    );
    return await arrived(bot, noted, { channel: channel ?? to, ts: ts ?? '' });
  } catch (error) {
    const problem = slackErrorCode(error);
    bot.core.log.warn({ to, kind: noted.kind, error: String(error) }, 'Slack did not take a message');
    // Nobody knows whether it arrived: it stays begun, and is looked for before it is sent again.
    if (problem === undefined) return noted;
    if (!UNUSABLE.has(problem)) return changed(bot, id, { state: 'waiting', problem });
    return rests(bot, noted, problem);
  }
}

export const messageOf = ({ message }: SlackPost): Message => ({
  text: message?.text ?? '',
  blocks: (message?.blocks ?? []) as unknown as KnownBlock[],
});

async function changed(
  bot: BotContext,
  id: string,
  change: Pick<SlackPost, 'state'> & Partial<SlackPost>,
): Promise<SlackPost> {
  const after = await changeSlackPost(bot.core, id, ({ problem: _, ...before }) => ({
    ...before,
    ...change,
  }));
  if (!after) throw new Error('a post that was not written down');
  return after;
}

async function arrived(
  bot: BotContext,
  { id }: SlackPost,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Promise<SlackPost> {
  const after = await changeSlackPost(bot.core, id, ({ problem: _, message, ...before }) => ({
    ...before,
    state: 'posted',
    channel,
    ts,
    ...(message && hasButtons(message.blocks) ? { message } : {}),
  }));
  if (!after) throw new Error('a post that was not written down');
  return after;
}

/** A direct message has a channel of its own, which only Slack knows. */
async function lookFor(
  bot: BotContext,
  { to, thread, key, at }: SlackPost,
): Promise<Exclude<Looked, { state: 'posted' }> | { state: 'posted'; channel: string; ts: string }> {
  try {
    const channel = isDirect(to)
      ? ((await patiently(bot, () => bot.slack.posting.conversations.open({ users: to }))).channel?.id ?? to)
      : to;
    const looked = await lookForPosted(bot, {
      channel,
      key,
      since: Date.parse(at) / 1000,
      ...(thread ? { thread } : {}),
    });
    return looked.state === 'posted' ? { ...looked, channel } : looked;
  } catch (error) {
    return { state: 'unknown', because: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * In a channel a second one could be one too many, and none one too few: it rests, and the admins are told of it. One
 * person is rather told twice than not at all.
 */
async function uncertain(bot: BotContext, noted: SlackPost, because: string): Promise<SlackPost> {
  bot.core.log.warn({ kind: noted.kind, because }, 'nobody knows whether a message arrived');
  if (PASSING.test(because)) return noted;
  return isDirect(noted.to) ? send(bot, noted) : rests(bot, noted, 'answer_lost');
}

const isDirect = (to: string): boolean => /^[UW]/.test(to);

/** Slack could not be asked; later it can. */
const PASSING =
  /ratelimited|rate.?limit|token_|invalid_auth|not_authed|account_inactive|fetch|timeout|ECONN|HTTP|request error/i;

async function rests(bot: BotContext, noted: SlackPost, problem: string): Promise<SlackPost> {
  const { id, to, orAdmins, key, kind } = noted;
  if (orAdmins) {
    bot.core.log.warn({ channel: to, problem }, 'the channel cannot be posted to; telling the admins');
    const message = unusableChannelMessage(to, problem, messageOf(noted));
    const admins = await bot.roles.holders('admin');
    await post(
      bot,
      admins.map((admin) => ({ key: `${key} for ${admin}`, kind, to: admin, message })),
    );
  }
  return changed(bot, id, { state: 'rests', problem });
}
