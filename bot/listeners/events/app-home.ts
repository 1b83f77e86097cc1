import { heldLines } from '../../../src/usecases/held-lines.ts';
import { listModules } from '../../../src/usecases/list-modules.ts';
import { listSyncs } from '../../../src/usecases/list-syncs.ts';
import type { BotContext } from '../../bot-context.ts';
import { homeView } from '../../messages/home-view.ts';
import { roleOfPerson } from '../../permissions.ts';
import { readPending } from '../../screens/pending.ts';

/** Draws the Home tab of one person anew. */
export async function openHome(bot: BotContext, userId: string): Promise<void> {
  const [modules, [lastRun], pending, held] = await Promise.all([
    listModules(bot.core),
    listSyncs(bot.core, { limit: 1 }),
    readPending(bot),
    heldLines(bot.core),
  ]);
  const view = homeView({
    modules: modules.filter((module) => module.enabled),
    pending: pending.groups,
    held: held.length,
    role: await roleOfPerson(bot, userId),
    ...(lastRun ? { lastRun } : {}),
  });
  await bot.slack.interactive.views.publish({ user_id: userId, view });
}
