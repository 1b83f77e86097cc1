import { groupBillingItems } from '../../src/usecases/list-billing-items.ts';
import { postableByModule, type Skipped } from '../../src/usecases/postable-items.ts';
import { psaName } from '../../src/usecases/psa-name.ts';
import { psaPages } from '../../src/usecases/psa-pages.ts';
import type { BotContext } from '../bot-context.ts';
import type { ItemGroup } from '../messages/items-message.ts';
import { keyOf } from './choices.ts';

/** What stands in the form: exactly what approving and posting would post. */
export interface Pending {
  /** One a module and currency. */
  readonly groups: readonly ItemGroup[];
  /** Pending too, and left as they are, each with why. */
  readonly notDue: readonly Skipped[];
  /** Where only a person can post, in the PSA itself: its name, and its page when it told it. */
  readonly elsewhere?: { readonly name: string; readonly url?: string };
  /** Stays the same while what would be posted does: items, units and amounts. */
  readonly digest: string;
}

export async function readPending(bot: BotContext): Promise<Pending> {
  const [{ groups, skipped }, elsewhere] = await Promise.all([
    postableByModule(bot.core),
    postedElsewhere(bot),
  ]);
  const figures = groups.map(({ key, currency, count, units, amount }) => [
    key,
    currency,
    count,
    units,
    amount,
  ]);
  return {
    groups,
    notDue: skipped,
    ...(elsewhere ? { elsewhere } : {}),
    digest: keyOf(JSON.stringify(figures)),
  };
}

/** All pending billing items by module, due or not: items exist only for periods that have begun. */
export async function pendingByModule(bot: BotContext): Promise<readonly ItemGroup[]> {
  const asked = { filter: { status: 'pending' as const }, groupBy: ['module' as const] };
  return (await groupBillingItems(bot.core, asked)).groups;
}

async function postedElsewhere({ core }: BotContext): Promise<Pending['elsewhere']> {
  if (!core.psa.remote) return undefined;
  // The page's address needs the PSA itself, which may be away.
  const pages = await psaPages(core).catch(() => undefined);
  return { name: psaName(core.psa), ...(pages ? { url: pages.approveAndPost } : {}) };
}
