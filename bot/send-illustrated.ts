import type { KnownBlock } from '@slack/types';
import type { SyncSummary } from '../src/usecases/sync-summary.ts';
import type { Message } from './blocks.ts';
import type { BotContext } from './bot-context.ts';
import { syncSummaryMessage } from './messages/sync-summary-message.ts';
import { slackErrorCode } from './slack/slack-error-code.ts';

/** A freshly uploaded file is not usable in a message for a second or two (Slack says so only by refusing). */
const FILE_WAITS_MS = [0, 1_000, 2_000];

type Send = (message: Message) => Promise<{ ts?: string }>;

/** Workspaces that refused Slack's data blocks. Asked again after a restart, since Slack may have learnt them. */
const plainOnly = new WeakSet<BotContext>();

/**
 * A summary with as much as this workspace shows: table, chart and picture; where Slack refuses, without its newer
 * blocks; then without the picture. Only `invalid_blocks` proves that nothing was posted; anything else is thrown,
 * because the message may have arrived.
 */
export async function sendIllustrated(
  bot: BotContext,
  summary: SyncSummary,
  picture: KnownBlock | undefined,
  send: Send,
): Promise<{ ts?: string }> {
  const plain = syncSummaryMessage(summary);
  const rich = syncSummaryMessage(summary, undefined, { dataBlocks: true });
  const hasData = rich.blocks.some(({ type }) => NEWER.has(type)) && !plainOnly.has(bot);
  if (picture) {
    for (const ms of FILE_WAITS_MS) {
      if (ms > 0) await bot.wait(ms);
      const sent = await unlessInvalid(() =>
        send(syncSummaryMessage(summary, picture, { dataBlocks: hasData })),
      );
      if (sent) return sent;
    }
    const sent = hasData && (await unlessInvalid(() => send(syncSummaryMessage(summary, picture))));
    if (sent) return refusedData(bot, sent);
  }
  if (!hasData) return send(plain);
  const sent = await unlessInvalid(() => send(rich));
  return sent ?? refusedData(bot, await send(plain));
}

const NEWER: ReadonlySet<string> = new Set(['data_table', 'data_visualization']);

function refusedData<T>(bot: BotContext, sent: T): T {
  plainOnly.add(bot);
  bot.core.log.info({}, 'Slack refused the table and chart of a summary; it is posted as text from now on');
  return sent;
}

async function unlessInvalid<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (slackErrorCode(error) !== 'invalid_blocks') throw error;
    return undefined;
  }
}
