import { groupBillingItems } from '../../src/usecases/list-billing-items.ts';
import type { BotContext } from '../bot-context.ts';
import type { ItemGroup } from '../messages/items-message.ts';
import { keyOf } from './choices.ts';

export interface Pending {
  /** One a module and currency. */
  readonly groups: readonly ItemGroup[];
  /** Stays the same while items, units and amounts do. */
  readonly digest: string;
}

/** Pending billing items by module: items exist only for periods that have begun, so all of them are up to now. */
export async function readPending(bot: BotContext): Promise<Pending> {
  const { groups } = await groupBillingItems(bot.core, {
    filter: { status: 'pending' },
    groupBy: ['module'],
  });
  const figures = groups.map(({ key, currency, count, units, amount }) => [
    key,
    currency,
    count,
    units,
    amount,
  ]);
  return { groups, digest: keyOf(JSON.stringify(figures)) };
}
