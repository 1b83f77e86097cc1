import type { KnownBlock } from '@slack/types';
import { readLineFates } from '../../src/usecases/line-fates.ts';
import type { HoldPlace } from '../action-ids.ts';
import type { BotContext } from '../bot-context.ts';
import { settledBlocks } from '../messages/settled-blocks.ts';
import { messageView } from '../modals/notice-view.ts';
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
  const message = call.message ?? (channel && ts ? bot.clicked.find(channel, ts) : undefined);
  const mended = channel && message ? await mend(bot, channel, message, note) : false;
  const words = refusal ?? (mended ? undefined : (done ?? note));
  if (words) await tell(bot, call.user.id, channel, textMessage(words));
}

/** Whether the message could be brought up to date: it may have been deleted meanwhile. */
async function mend(
  bot: BotContext,
  channel: string,
  { ts, text, blocks }: ShownMessage,
  note: string | undefined,
): Promise<boolean> {
  const settled = settledBlocks(blocks, await readLineFates(bot.core), note);
  try {
    await bot.slack.interactive.chat.update({
      channel,
      ts,
      text,
      blocks: settled as unknown as KnownBlock[],
    });
    return true;
  } catch (error) {
    bot.core.log.warn({ error: String(error) }, 'a message with held counts could not be brought up to date');
    return false;
  }
}
