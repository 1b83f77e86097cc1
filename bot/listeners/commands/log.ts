import { listActivity } from '../../../src/usecases/list-activity.ts';
import { listAudit } from '../../../src/usecases/list-audit.ts';
import type { BotContext } from '../../bot-context.ts';
import { logMessage } from '../../messages/log-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';

const ROWS_SHOWN = 10;

/** `/icb log`: who changed what, and what the last syncs did. */
export async function log(bot: BotContext, call: Call): Promise<void> {
  const [audit, activity] = await Promise.all([
    listAudit(bot.core, { limit: ROWS_SHOWN }),
    listActivity(bot.core, { limit: ROWS_SHOWN }),
  ]);
  await answer(bot, call, logMessage(audit.items, activity.items));
}
