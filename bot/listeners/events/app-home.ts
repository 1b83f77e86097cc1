import { coverage } from '../../../src/usecases/coverage.ts';
import { heldLines } from '../../../src/usecases/held-lines.ts';
import { listModules } from '../../../src/usecases/list-modules.ts';
import { listSyncs } from '../../../src/usecases/list-syncs.ts';
import { namesIn } from '../../../src/usecases/names.ts';
import { openRequests } from '../../../src/usecases/post-requests.ts';
import type { BotContext } from '../../bot-context.ts';
import { homeView } from '../../messages/home-view.ts';
import { roleOfPerson } from '../../permissions.ts';
import { pendingByModule } from '../../screens/pending.ts';
import { slackErrorCode } from '../../slack/slack-error-code.ts';

/** Draws the Home tab of one person anew, whatever they saw before. */
export async function openHome(bot: BotContext, userId: string): Promise<void> {
  await publish(bot, userId, undefined);
}

/**
 * Brings a Home tab that was opened before up to date. Where it was drawn by somebody else while this read, it is read
 * and drawn once more, so that older figures never stand over newer ones.
 */
export async function refreshHome(bot: BotContext, userId: string): Promise<void> {
  if (!bot.homes.has(userId)) return;
  try {
    await publish(bot, userId, bot.homes.hashOf(userId)).catch((error: unknown) => {
      if (slackErrorCode(error) !== 'hash_conflict') throw error;
      return publish(bot, userId, undefined);
    });
  } catch (error) {
    bot.core.log.warn({ error: String(error) }, 'a Home tab could not be brought up to date');
  }
}

/** Every Home tab that was opened before, one after another: a sync changes them all. */
export async function refreshHomes(bot: BotContext): Promise<void> {
  for (const user of bot.homes.users()) await refreshHome(bot, user);
}

async function publish(bot: BotContext, userId: string, hash: string | undefined): Promise<void> {
  const [modules, [lastRun], pending, held, requests, covered, names] = await Promise.all([
    listModules(bot.core),
    listSyncs(bot.core, { limit: 1 }),
    pendingByModule(bot),
    heldLines(bot.core),
    openRequests(bot.core),
    coverage(bot.core),
    namesIn(await bot.core.store.snapshot()),
  ]);
  const view = homeView({
    modules: modules.filter((module) => module.enabled),
    pending,
    approvals: { held, requests, names, today: bot.core.clock.today(), page: bot.homes.pageOf(userId) },
    coverage: covered,
    userId,
    role: await roleOfPerson(bot, userId),
    admins: await bot.roles.holders('admin'),
    ...(lastRun ? { lastRun } : {}),
  });
  const { view: published } = await bot.slack.interactive.views.publish({
    user_id: userId,
    view,
    ...(hash ? { hash } : {}),
  });
  bot.homes.keep(userId, published?.hash);
}
