import { groupBillingItems } from '../../../src/usecases/list-billing-items.ts';
import type { BotContext } from '../../bot-context.ts';
import type { Call } from '../../call.ts';
import { itemsMessage } from '../../messages/items-message.ts';
import { answer } from '../../surface.ts';

/** `/icb items`: pending and posted by module. */
export async function items(bot: BotContext, call: Call): Promise<void> {
  const byModule = (status: 'pending' | 'posted') =>
    groupBillingItems(bot.core, { filter: { status }, groupBy: ['module'] });
  const [pending, posted] = await Promise.all([byModule('pending'), byModule('posted')]);
  await answer(bot, call, itemsMessage(pending.groups, posted.groups));
}
