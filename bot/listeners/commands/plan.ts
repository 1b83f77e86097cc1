import { csvOf } from '../../../src/domain/csv.ts';
import { LEAKAGE_COLUMNS, PLAN_COLUMNS } from '../../../src/usecases/file-columns.ts';
import { listLeakage } from '../../../src/usecases/list-leakage.ts';
import { listPlan } from '../../../src/usecases/list-plan.ts';
import type { BotContext } from '../../bot-context.ts';
import { leakageMessage } from '../../messages/leakage-message.ts';
import { loadPlanMessage } from '../../screens/load-plan-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';
import { counted, day } from '../../words/wording.ts';
import { answerWithFile } from './answer-with-file.ts';

/**
 * `/icb plan`: what a sync would change, from the last counts stored; `/icb plan leakage`: what bills nowhere. Each as a
 * file too.
 */
export async function plan(
  bot: BotContext,
  call: Call,
  { part, as }: Partial<Extract<Command, { verb: 'plan' }>> = {},
): Promise<void> {
  if (part === 'leakage') {
    const leakage = await listLeakage(bot.core);
    if (as !== 'csv') return answer(bot, call, leakageMessage(leakage));
    return answerWithFile(bot, call, {
      title: 'What bills nowhere',
      filename: 'leakage',
      csv: csvOf(LEAKAGE_COLUMNS, leakage.rows),
      said: `${counted(leakage.rows.length, 'row')}, most money first.`,
    });
  }
  if (as !== 'csv') return answer(bot, call, await loadPlanMessage(bot, call.user.id));
  const { lines, date } = await listPlan(bot.core);
  await answerWithFile(bot, call, {
    title: 'The plan',
    filename: 'plan',
    csv: csvOf(PLAN_COLUMNS, lines),
    said: `${counted(lines.length, 'line')} of ${day(date)}, what waits for people first, then what changes.`,
  });
}
