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
import { afterSync } from './outbox/catch-up.ts';
import { settleHeldCards, supersedeSummaries } from './outbox/held-cards.ts';
import { lookForPosted } from './outbox/look-for-posted.ts';
import { keyed } from './outbox/message-key.ts';
import { OneAtATime } from './outbox/one-at-a-time.ts';
import { keepPlace, post, postId } from './outbox/outbox.ts';
import { UNUSABLE } from './outbox/unusable.ts';
import { postRequested } from './post-requested.ts';
import { sendIllustrated } from './send-illustrated.ts';
import { patiently } from './slack/patiently.ts';
import { slackErrorCode } from './slack/slack-error-code.ts';
import { chartImage } from './summary-image.ts';

/**
 * Posts a run's summary to the channel, once: when it comes again for the same run, the message is edited. Where the
 * channel cannot be posted to, the billing administrators get it in direct messages. Throws when Slack refuses: the
 * caller logs it, and nothing that was billed changes.
 */
export function createNotifier(bot: BotContext): Notifier {
  const inTurn = new OneAtATime();
  const tell = (run: SyncRun) => inTurn.run(run.id, () => tellSummary(bot, run));
  const after = (run: SyncRun) =>
    Promise.all([refreshHomes(bot), run.state === 'running' ? undefined : afterSync(bot)]);
  const later = (work: Promise<unknown>, failed: string) =>
    void bot.inFlight.track(
      work.catch((error: unknown) => bot.core.log.warn({ error: String(error) }, failed)),
    );
  return {
    syncFinished: (run) => bot.inFlight.track(tell(run).finally(() => after(run))),
    async linesDecided() {
      later(Promise.all([settleHeldCards(bot), refreshHomes(bot)]), 'cards could not be brought up to date');
    },
    postRequested: (request) =>
      bot.inFlight.track(
        // What waits for whom is on the Home tabs too; nobody who asked or decided waits for those.
        postRequested(bot, request).finally(() =>
          later(refreshHomes(bot), 'Home tabs could not be brought up to date'),
        ),
      ),
  };
}

async function tellSummary(bot: BotContext, run: SyncRun): Promise<void> {
  const before = await settledPost(bot, run);
  if (before === 'leave') return;
  const summary = await syncSummary(bot.core, run.id);
  const picture = isQuiet(summary) ? undefined : await chartImage(bot, summary);
  const illustrated = (send: Send) => sendIllustrated(bot, summary, picture, send);
  const posted = before ?? (await postFirst(bot, run, illustrated, syncSummaryMessage(summary)));
  if (!posted?.ts) return;
  const place = { channel: posted.channel, ts: posted.ts };
  if (before) await illustrated((message) => edit(bot, run, place, message));
  if (run.state === 'running') return;
  await postDetails(bot, run, place, summary);
  if (coversEverything(run)) await supersedeSummaries(bot, run);
}

/** Its summary tells all there is; that of one module or organization leaves the older one standing. */
const coversEverything = ({ planId, scope }: SyncRun): boolean =>
  planId !== undefined && scope.module === undefined && scope.organization === undefined;

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
  await tellAdmins(bot, run, unusableChannelMessage(channel, LOST, summary));
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
    const { ts } = await illustrated(async (message) => {
      const posted = await say(bot, channel, message, run.id);
      if (posted.ts) await keepPlace(bot, card(run, channel, message), { channel, ts: posted.ts });
      return posted;
    });
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
    await tellAdmins(bot, run, unusableChannelMessage(channel, problem, plain));
    return undefined;
  }
}

/** Each of them once. */
async function tellAdmins(bot: BotContext, run: SyncRun, message: Message): Promise<void> {
  const admins = await bot.roles.holders('admin');
  const about = { kind: 'notice' as const, subject: run.id, message };
  await post(
    bot,
    admins.map((to) => ({ ...about, key: `${run.id} for ${to}`, to })),
  );
}

/** The thread under a summary: each reply once, and all of them in the end. */
async function postDetails(
  bot: BotContext,
  run: SyncRun,
  { channel, ts }: Place,
  summary: SyncSummary,
): Promise<void> {
  // A thread that an older icb began is not begun again.
  if ((await summaryOf(bot.core, run))?.detailed) return;
  const about = { kind: 'details' as const, subject: run.id, to: channel, thread: ts };
  const replies = summaryDetails(summary);
  await post(
    bot,
    replies.map((message, index) => ({ ...about, key: `${run.id} reply ${index + 1}`, message })),
  );
}

interface Place {
  readonly channel: string;
  readonly ts: string;
}

const card = ({ id }: SyncRun, to: string, message: Message) => ({
  key: id,
  kind: 'summary' as const,
  subject: id,
  to,
  message,
});

const say = (bot: BotContext, channel: string, { text, blocks }: Message, key: string) =>
  patiently(bot, () =>
    bot.slack.posting.chat.postMessage({
      channel,
      text,
      blocks,
      unfurl_links: false,
      unfurl_media: false,
      metadata: keyed(key),
    }),
  );

/** At the pace of all edits of this message. */
async function edit(bot: BotContext, run: SyncRun, place: Place, message: Message): Promise<{ ts?: string }> {
  const { text, blocks } = message;
  await bot.edits.run(postId(run.id), async () => {
    await patiently(bot, () => bot.slack.posting.chat.update({ ...place, text, blocks }));
  });
  await keepPlace(bot, card(run, place.channel, message), place);
  return place;
}
