import type { KnownBlock } from '@slack/types';
import type { SlackPost } from '../../src/domain/slack-post.ts';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import { readLineFates } from '../../src/usecases/line-fates.ts';
import { slackPosts } from '../../src/usecases/slack-posts.ts';
import type { Message } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { heldBlock } from '../messages/hold-blocks.ts';
import { settledBlocks } from '../messages/settled-blocks.ts';
import type { ShownBlock } from '../slack/payloads.ts';
import { day } from '../words/wording.ts';
import { changeCard } from './cards.ts';
import { withoutButtons } from './live-blocks.ts';

/** Those that show counts waiting for a person, or who decided them a short while ago. */
const showsHeld = ({ message }: SlackPost): boolean =>
  message?.blocks.some(({ block_id }) => typeof block_id === 'string' && heldBlock(block_id)) ?? false;

/** Brings every copy of every held line to what is stored: who decided, why, or the counts that wait now. */
export async function settleHeldCards(bot: BotContext): Promise<void> {
  const cards = (await slackPosts(bot.core)).filter((each) => each.state === 'posted' && showsHeld(each));
  if (cards.length === 0) return;
  const fates = await readLineFates(bot.core);
  await Promise.all(cards.map(({ id }) => changeCard(bot, id, (message) => settled(message, fates))));
}

export const settled = (
  { text, blocks }: Message,
  fates: Parameters<typeof settledBlocks>[1],
  note?: string,
): Message => ({
  text,
  blocks: settledBlocks(blocks as unknown as ShownBlock[], fates, note) as unknown as KnownBlock[],
});

const SUMMARIES: ReadonlySet<SlackPost['kind']> = new Set(['summary', 'details']);

/** Once a newer run's summary stands, the older ones keep their words and lose their buttons. */
export async function supersedeSummaries(bot: BotContext, run: SyncRun): Promise<void> {
  const note = `Superseded by the sync of ${day(run.date)}; its summary has the buttons.`;
  const old = (await slackPosts(bot.core)).filter(
    (each) => SUMMARIES.has(each.kind) && each.subject !== run.id && each.at < run.startedAt,
  );
  await Promise.all(old.map(({ id }) => changeCard(bot, id, (message) => closed(message, note))));
}

/** The same message with nothing to press any more. */
export const closed = ({ text, blocks }: Message, note: string): Message => ({
  text,
  blocks: withoutButtons(blocks, note) as KnownBlock[],
});
