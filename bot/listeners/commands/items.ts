import { groupBillingItems, listBillingItems } from '../../../src/usecases/list-billing-items.ts';
import type { BotContext } from '../../bot-context.ts';
import { itemsMessage } from '../../messages/items-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';

const NEWEST_SHOWN = 5;

/** `/icb items`: pending and posted by module, and the newest few with the way to their explanation. */
export async function items(bot: BotContext, call: Call): Promise<void> {
  const byModule = (status: 'pending' | 'posted') =>
    groupBillingItems(bot.core, { filter: { status }, groupBy: ['module'] });
  const [pending, posted, newest] = await Promise.all([
    byModule('pending'),
    byModule('posted'),
    listBillingItems(bot.core, { filter: { status: 'pending' }, limit: NEWEST_SHOWN }),
  ]);
  await answer(bot, call, itemsMessage(pending.groups, posted.groups, newest.items));
}
