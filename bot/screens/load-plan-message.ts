import { isoInstant } from '../../src/domain/calendar.ts';
import { atLeast } from '../../src/domain/role.ts';
import { readLineFates } from '../../src/usecases/line-fates.ts';
import { previewSync } from '../../src/usecases/preview-sync.ts';
import { seePlan } from '../../src/usecases/seen-plans.ts';
import type { Message } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { planMessage } from '../messages/plan-message.ts';
import { roleOfPerson } from '../permissions.ts';

/** The plan as it is now, for one person. */
export async function loadPlanMessage(bot: BotContext, userId: string): Promise<Message> {
  const shown = isoInstant(bot.core.clock.now());
  const preview = await previewSync(bot.core);
  seePlan(bot.core, preview);
  return planMessage(preview, { mayDecide: await mayDecide(bot, userId), shown });
}

/** The plan that was shown at `shown`, made anew with what was decided since. */
export async function reloadPlanMessage(
  bot: BotContext,
  userId: string,
  { shown, note }: { readonly shown: string; readonly note?: string | undefined },
): Promise<Message> {
  const [preview, fates] = await Promise.all([previewSync(bot.core), readLineFates(bot.core)]);
  seePlan(bot.core, preview);
  const decided = fates.decidedSince(shown).filter(({ held }) => !held);
  return planMessage(preview, {
    mayDecide: await mayDecide(bot, userId),
    shown,
    decided,
    ...(note ? { note } : {}),
  });
}

const mayDecide = async (bot: BotContext, userId: string): Promise<boolean> =>
  atLeast(await roleOfPerson(bot, userId), 'operator');
