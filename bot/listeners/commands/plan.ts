import { listLeakage } from '../../../src/usecases/list-leakage.ts';
import type { BotContext } from '../../bot-context.ts';
import { leakageMessage } from '../../messages/leakage-message.ts';
import { loadPlanMessage } from '../../screens/load-plan-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';

/** `/icb plan`: what a sync would change, from the last counts stored; `/icb plan leakage`: what bills nowhere. */
export async function plan(
  bot: BotContext,
  call: Call,
  { part }: Partial<Extract<Command, { verb: 'plan' }>> = {},
): Promise<void> {
  const message =
    part === 'leakage'
      ? leakageMessage(await listLeakage(bot.core))
      : await loadPlanMessage(bot, call.user.id);
  await answer(bot, call, message);
}
