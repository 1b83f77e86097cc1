import type { KnownBlock } from '@slack/types';
import type { SummaryPost, SyncRun } from '../src/domain/sync-run.ts';
import type { Notifier } from '../src/ports/notifier.ts';
import { rememberSummary, summaryOf } from '../src/usecases/remember-summary.ts';
import { type SyncSummary, syncSummary } from '../src/usecases/sync-summary.ts';
import type { Message } from './blocks.ts';
import type { BotContext } from './bot-context.ts';
import { refreshHomes } from './listeners/events/app-home.ts';
import { summaryDetails } from './messages/summary-details.ts';
import { isQuiet, syncSummaryMessage } from './messages/sync-summary-message.ts';
import { unusableChannelMessage } from './messages/unusable-channel-message.ts';
import { lookForPosted } from './outbox/look-for-posted.ts';
import { keyed } from './outbox/message-key.ts';
import { OneAtATime } from './outbox/one-at-a-time.ts';
import { patiently } from './slack/patiently.ts';
import { slackErrorCode } from './slack/slack-error-code.ts';
import { chartImage } from './summary-image.ts';

/** A freshly uploaded file is not usable in a message for a second or two (facts/slack.md §1.7). */
const FILE_WAITS_MS = [0, 1_000, 2_000];

/** About one message a second is what Slack takes in one channel. */
const BETWEEN_MESSAGES_MS = 1_100;

/** What Slack says of a channel that nobody can post to any more. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'restricted_action',
]);

/**
 * Posts a run's summary to the channel, once: when it comes again for the same run, the message is edited. Where the
 * channel cannot be posted to, the billing administrators get it in direct messages. Throws when Slack refuses: the
 * caller logs it, and nothing that was billed changes.
 */
export function createNotifier(bot: BotContext): Notifier {
  const inTurn = new OneAtATime();
  const tell = (run: SyncRun) => inTurn.run(run.id, () => tellSummary(bot, run));
  return { syncFinished: (run) => bot.inFlight.track(tell(run).finally(() => refreshHomes(bot))) };
}

async function tellSummary(bot: BotContext, run: SyncRun): Promise<void> {
  const before = await settledPost(bot, run);
  if (before === 'leave') return;
  const summary = await syncSummary(bot.core, run.id);
  const picture = isQuiet(summary) ? undefined : await chartImage(bot, summary);
  const illustrated = (send: Send) => withPicture(bot, summary, picture, send);
  const post = before ?? (await postFirst(bot, run, illustrated, syncSummaryMessage(summary)));
  if (!post?.ts) return;
  if (before) await illustrated((message) => edit(bot, post, message));
  if (run.state !== 'running') await postDetails(bot, run, post, summary);
}

/**
 * Where the summary stands by what is recorded and, where its posting was cut off, by what the channel shows; undefined
 * when it is not there and is to be posted.
 */
async function settledPost(bot: BotContext, run: SyncRun): Promise<SummaryPost | 'leave' | undefined> {
  const before = await summaryOf(bot.core, run);
  if (!before || before.ts !== undefined) return before;
  const { channel, at, problem } = before;
  if (problem === LOST || UNUSABLE.has(problem ?? '')) return 'leave';
  // Slack refused it, so that it is not there: a new token or a wait may have mended that.
  if (problem !== undefined) return undefined;
  const looked = await lookForPosted(bot, { channel, key: run.id, since: Date.parse(at) / 1000 });
  if (looked.state === 'absent') return undefined;
  if (looked.state === 'posted') {
    await rememberSummary(bot.core, run, { channel, ts: looked.ts });
    return summaryOf(bot.core, run);
  }
  // A second one could be one too many, and none could be one too few: the admins get it, and are told so.
  bot.core.log.warn({ run: run.id, because: looked.because }, 'nobody knows whether a summary arrived');
  await rememberSummary(bot.core, run, { channel, problem: LOST });
  const summary = syncSummaryMessage(await syncSummary(bot.core, run.id));
  await tellAdmins(bot, unusableChannelMessage(channel, LOST, summary));
  return 'leave';
}

/** The answer to posting was lost, and the channel could not be read. */
const LOST = 'answer_lost';

type Send = (message: Message) => Promise<{ ts?: string }>;

async function postFirst(
  bot: BotContext,
  run: SyncRun,
  illustrated: (send: Send) => Promise<{ ts?: string }>,
  plain: Message,
): Promise<SummaryPost | undefined> {
  const { channel } = bot;
  await rememberSummary(bot.core, run, { channel });
  try {
    const { ts } = await illustrated((message) => say(bot, channel, message, { key: run.id }));
    await rememberSummary(bot.core, run, { channel, ...(ts ? { ts } : {}) });
    return await summaryOf(bot.core, run);
  } catch (error) {
    const problem = slackErrorCode(error);
    if (problem === undefined) throw error;
    await rememberSummary(bot.core, run, { channel, problem });
    if (!UNUSABLE.has(problem)) throw error;
    bot.core.log.warn(
      { channel, problem, run: run.id },
      'the channel cannot be posted to; telling the admins',
    );
    await tellAdmins(bot, unusableChannelMessage(channel, problem, plain));
    return undefined;
  }
}

async function tellAdmins(bot: BotContext, message: Message): Promise<void> {
  for (const admin of await bot.roles.holders('admin'))
    await say(bot, admin, message).catch((error: unknown) =>
      bot.core.log.warn({ admin, error: String(error) }, 'a billing administrator could not be told'),
    );
}

/** The thread under a summary, begun at most once. */
async function postDetails(
  bot: BotContext,
  run: SyncRun,
  { channel, ts, detailed }: SummaryPost,
  summary: SyncSummary,
): Promise<void> {
  const messages = summaryDetails(summary);
  if (!ts || detailed || messages.length === 0) return;
  await rememberSummary(bot.core, run, { channel, ts, detailed: true });
  for (const message of messages) {
    await bot.wait(BETWEEN_MESSAGES_MS);
    await say(bot, channel, message, { thread: ts });
  }
}

const say = (
  bot: BotContext,
  channel: string,
  { text, blocks }: Message,
  { thread, key }: { readonly thread?: string; readonly key?: string } = {},
) =>
  patiently(bot, () =>
    bot.slack.posting.chat.postMessage({
      channel,
      text,
      blocks,
      unfurl_links: false,
      unfurl_media: false,
      ...(thread ? { thread_ts: thread } : {}),
      ...(key ? { metadata: keyed(key) } : {}),
    }),
  );

const edit = (bot: BotContext, { channel, ts = '' }: SummaryPost, { text, blocks }: Message) =>
  patiently(bot, () => bot.slack.posting.chat.update({ channel, ts, text, blocks }));

/** A summary without its picture is better than none. */
async function withPicture(
  bot: BotContext,
  summary: SyncSummary,
  picture: KnownBlock | undefined,
  send: Send,
): Promise<{ ts?: string }> {
  if (!picture) return send(syncSummaryMessage(summary));
  for (const ms of FILE_WAITS_MS) {
    if (ms > 0) await bot.wait(ms);
    try {
      return await send(syncSummaryMessage(summary, picture));
    } catch (error) {
      // Only a refusal proves that nothing was posted; anything else must not be sent twice.
      if (slackErrorCode(error) !== 'invalid_blocks') throw error;
    }
  }
  return send(syncSummaryMessage(summary));
}
