import type { KnownBlock } from '@slack/types';
import type { SyncSummary } from '../src/usecases/sync-summary.ts';
import type { BotContext } from './bot-context.ts';

/** The picture of a summary as a block, with its numbers in words; undefined where there is none, or it failed. */
export async function chartImage(bot: BotContext, summary: SyncSummary): Promise<KnownBlock | undefined> {
  try {
    const chart = await bot.summaryChart?.(summary);
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
      : { type: 'image', slack_file: { id }, alt_text: chart.altText.slice(0, 2000) };
  } catch (error) {
    bot.core.log.warn(
      { error: String(error) },
      'the picture of a summary could not be made; posting without it',
    );
    return undefined;
  }
}
