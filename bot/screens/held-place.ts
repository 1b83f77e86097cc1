import type { KnownBlock } from '@slack/types';
import { readLineFates } from '../../src/usecases/line-fates.ts';
import type { HoldPlace } from '../action-ids.ts';
import type { BotContext } from '../bot-context.ts';
import { settledBlocks } from '../messages/settled-blocks.ts';
import { messageView } from '../modals/notice-view.ts';
import { cardAt, changeCard } from '../outbox/cards.ts';
import { settled } from '../outbox/held-cards.ts';
import type { Call } from '../slack/call.ts';
import type { ShownMessage } from '../slack/payloads.ts';
import { answer, replaceView, tell, textMessage } from '../slack/surface.ts';
import { reloadPlanMessage } from './load-plan-message.ts';

/** Where held lines were clicked; `shown` as their buttons say. */
export const placeOf = (call: Call, shown: string | undefined): HoldPlace => ({
  ...(call.channel ? { channel: call.channel } : {}),
  ...(call.message ? { ts: call.message.ts } : {}),
  ...(call.responseUrl ? { responseUrl: call.responseUrl } : {}),
  ...(call.view?.type === 'home' ? { home: true } : call.view ? { view: call.view.id } : {}),
  ...(shown ? { shown } : {}),
});

export interface Told {
  /** For everybody who sees the message: `@alex approved all 12 held counts`. */
  readonly note?: string;
  /** For the one who clicked, where the message cannot be brought up to date: what was done. */
  readonly done?: string;
  /** For the one who clicked: why it was not done. */
  readonly refusal?: string;
}

/**
 * Shows, where held lines were clicked, what became of them. A message everybody sees keeps its words and the refusal is
 * told to the one who clicked; what a single person sees is made anew. All texts are mrkdwn, already escaped.
 */
export async function showDecided(
  bot: BotContext,
  call: Call,
  place: HoldPlace,
  { note, done, refusal }: Told = {},
): Promise<void> {
  const { channel, ts, responseUrl, view, shown, home } = place;
  if (home) {
    const words = refusal ?? done ?? note;
    return words ? answer(bot, call, textMessage(words)) : undefined;
  }
  if (shown && (view || (responseUrl && !ts))) {
    const message = await reloadPlanMessage(bot, call.user.id, { shown, note: refusal ?? note });
    if (view) return replaceView(bot, view, messageView('icb', message));
    const body = { response_type: 'ephemeral', replace_original: true, ...message };
    if (responseUrl && (await bot.respond(responseUrl, body))) return;
    return tell(bot, call.user.id, channel, message);
  }
  const card = await cardAt(bot, channel, ts);
  const mended = card
    ? await mendCard(bot, card.id, note)
    : await mendClicked(bot, channel, call.message ?? bot.clicked.find(channel ?? '', ts ?? ''), note);
  const words = refusal ?? (mended ? undefined : (done ?? note));
  if (words) await tell(bot, call.user.id, channel, textMessage(words));
}

async function mendCard(bot: BotContext, id: string, note: string | undefined): Promise<boolean> {
  const fates = await readLineFates(bot.core);
  return changeCard(bot, id, (message) => settled(message, fates, note));
}

/** Whether a message that is not kept could be brought up to date: it may have been deleted meanwhile. */
async function mendClicked(
  bot: BotContext,
  channel: string | undefined,
  message: ShownMessage | undefined,
  note: string | undefined,
): Promise<boolean> {
  if (!channel || !message) return false;
  const { ts, text, blocks } = message;
  const mended = settledBlocks(blocks, await readLineFates(bot.core), note);
  try {
    await bot.slack.interactive.chat.update({
      channel,
      ts,
      text,
      blocks: mended as unknown as KnownBlock[],
    });
    return true;
  } catch (error) {
    bot.core.log.warn({ error: String(error) }, 'a message with held counts could not be brought up to date');
    return false;
  }
}
