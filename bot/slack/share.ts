import type { KnownBlock } from '@slack/types';
import { ACTIONS } from '../action-ids.ts';
import { actions, button, confirmation, context, type Message } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { post } from '../outbox/outbox.ts';
import { UNUSABLE } from '../outbox/unusable.ts';
import type { Call } from './call.ts';

/** Slack takes 50 blocks; one of them is the button or who shared it. */
const BLOCKS = 49;

/** An answer with a button that shows it to the channel. */
export const withShareButton = ({ text, blocks }: Message, command: string): Message => ({
  text,
  blocks: [
    ...blocks.slice(0, BLOCKS),
    actions([
      button(ACTIONS.share, 'Share in the channel', {
        value: command.slice(0, 2000),
        confirm: confirmation('Share this?', 'Everybody in this channel will see it.', 'Share'),
      }),
    ]),
  ],
});

/**
 * Posts the words and tables of an answer for everybody, without its buttons: those are for the one it was made for.
 * @returns what the one who shares has to hear, as mrkdwn; undefined where it stands in the channel
 */
export async function shareAnswer(
  bot: BotContext,
  call: Call,
  channel: string,
  { text, blocks }: Message,
): Promise<string | undefined> {
  const shared = blocks.filter(({ type }) => type !== 'actions').map(withoutAccessory);
  const by = context(`Shared by <@${call.user.id}>`);
  const message = { text, blocks: [...shared.slice(0, BLOCKS), by] };
  const key = `share ${call.triggerId ?? bot.core.newId('share')}`;
  const [sent] = await post(bot, [{ key, kind: 'notice', to: channel, message }]);
  if (sent?.state === 'posted') return undefined;
  if (sent?.state === 'rests' && UNUSABLE.has(sent.problem ?? ''))
    return 'icb may not post in this channel, so nothing was shared. Type `/invite @icb` here and share again.';
  return sent?.state === 'rests'
    ? 'Slack did not say whether it arrived; it is not sent again.'
    : 'Slack does not take messages just now; it is posted as soon as it does.';
}

function withoutAccessory(block: KnownBlock): KnownBlock {
  if (block.type !== 'section' || !block.accessory) return block;
  const { accessory: _, ...plain } = block;
  return plain;
}
