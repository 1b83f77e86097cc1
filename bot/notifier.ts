import type { KnownBlock } from '@slack/types';
import type { SyncRun } from '../src/domain/sync-run.ts';
import type { Notifier } from '../src/ports/notifier.ts';
import { syncSummary } from '../src/usecases/sync-summary.ts';
import type { Message } from './blocks.ts';
import type { BotContext, SummaryChart } from './bot-context.ts';
import { syncSummaryMessage } from './messages/sync-summary-message.ts';
import { slackErrorCode } from './slack/slack-error-code.ts';

/** A freshly uploaded file is not usable in a message for a second or two (facts/slack.md §1.7). */
const FILE_WAITS_MS = [0, 1_000, 2_000];

/** Posts to the channel. Throws when Slack refuses: the caller logs it, and nothing that was billed changes. */
export const createNotifier = (bot: BotContext): Notifier => ({
  async syncFinished(run: SyncRun): Promise<void> {
    const summary = await syncSummary(bot.core, run.id);
    const message = syncSummaryMessage(summary);
    const image = await chartImage(bot, () => bot.summaryChart?.(summary) ?? Promise.resolve(undefined));
    await bot.inFlight.track(image ? postWithImage(bot, message, image) : post(bot, message));
  },
});

async function post(bot: BotContext, { text, blocks }: Message): Promise<void> {
  await bot.slack.posting.chat.postMessage({
    channel: bot.channel,
    text,
    blocks,
    unfurl_links: false,
    unfurl_media: false,
  });
}

/** The picture stands before the buttons; a summary without its picture is better than none. */
async function postWithImage(bot: BotContext, message: Message, image: KnownBlock): Promise<void> {
  const at = message.blocks.findIndex((block) => block.type === 'actions');
  const blocks = message.blocks.toSpliced(at < 0 ? message.blocks.length : at, 0, image);
  for (const ms of FILE_WAITS_MS) {
    if (ms > 0) await bot.wait(ms);
    try {
      return await post(bot, { ...message, blocks });
    } catch (error) {
      // Only a refusal proves that nothing was posted; anything else must not be sent twice.
      if (slackErrorCode(error) !== 'invalid_blocks') throw error;
    }
  }
  await post(bot, message);
}

async function chartImage(
  bot: BotContext,
  draw: () => Promise<SummaryChart | undefined>,
): Promise<KnownBlock | undefined> {
  try {
    const chart = await draw();
    if (!chart) return undefined;
    const uploaded = await bot.slack.posting.filesUploadV2({
      filename: 'icb-summary.png',
      title: chart.title,
      alt_text: chart.altText.slice(0, 1000),
      file: Buffer.from(chart.png),
    });
    const id = uploaded.files[0]?.files?.[0]?.id;
    return id === undefined
      ? undefined
      : {
          type: 'image',
          slack_file: { id },
          alt_text: chart.altText.slice(0, 2000),
        };
  } catch (error) {
    bot.core.log.warn(
      { error: String(error) },
      'the picture of a summary could not be made; posting without it',
    );
    return undefined;
  }
}
