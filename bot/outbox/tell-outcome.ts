import type { SyncRun } from '../../src/domain/sync-run.ts';
import { readNames } from '../../src/usecases/names.ts';
import type { BotContext } from '../bot-context.ts';
import { runOutcome } from '../messages/run-outcome.ts';
import { textMessage } from '../slack/surface.ts';
import { post } from './outbox.ts';

/** Tells whoever started a sync how it ended, once and in the end, as a direct message: that it is told late undoes nothing. */
export async function tellOutcome(bot: BotContext, user: string, run: SyncRun): Promise<void> {
  const names = await readNames(bot.core);
  const message = textMessage(runOutcome(run, (id) => names.module(id), names));
  await post(bot, [{ key: `sync ${run.id} for ${user}`, kind: 'notice', to: user, message }]);
}
