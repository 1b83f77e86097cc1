import { taskOutcome } from '../../src/usecases/task-outcome.ts';
import type { BotContext } from '../bot-context.ts';
import { lostTaskMessage } from '../messages/lost-task-message.ts';
import { post } from './outbox.ts';

/**
 * Tells each person what came of what they asked and were not answered, once, in a direct message: an answer beside their
 * command could be had for half an hour only.
 */
export async function tellLost(bot: BotContext): Promise<void> {
  for (const task of (await bot.tasks?.lost(bot.begunBefore())) ?? []) {
    const did = await taskOutcome(bot.core, task);
    const [told] = await post(bot, [
      { key: `task ${task.id}`, kind: 'notice', to: task.userId, message: lostTaskMessage(task, did) },
    ]);
    // Written down is as good as told: what Slack does not take now is sent later.
    if (told) await bot.tasks?.end(task.id);
  }
}
