import type { SyncRun } from '../../../src/domain/sync-run.ts';
import { listSyncs } from '../../../src/usecases/list-syncs.ts';
import { readNames } from '../../../src/usecases/names.ts';
import { startSync } from '../../../src/usecases/start-sync.ts';
import { section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { runOutcome } from '../../messages/run-outcome.ts';
import { tellOutcome } from '../../outbox/tell-outcome.ts';
import { runRows } from '../../run-buttons.ts';
import type { Call } from '../../slack/call.ts';
import { answer, textMessage } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';
import { when, who } from '../../words/wording.ts';
import { followSync } from './follow-sync.ts';
import { plan } from './plan.ts';

/** `/icb sync now`, `/icb sync preview`, and `/icb sync`: how the last one went. */
export async function sync(
  bot: BotContext,
  call: Call,
  { mode }: Extract<Command, { verb: 'sync' }>,
): Promise<void> {
  if (mode === 'preview') return plan(bot, call);
  if (mode === 'status') return status(bot, call);
  const run = await startSync(bot.core, { trigger: 'slack', by: call.by });
  await answer(
    bot,
    call,
    textMessage(
      `*Counting…* The summary comes to <#${bot.channel}>; I tell you in a direct message when it is done.`,
    ),
  );
  const told = await followSync(bot, call.user.id, run);
  const finished = await run.finished;
  if (!told) await tellOutcome(bot, call.user.id, finished);
}

async function outcome(bot: BotContext, run: SyncRun): Promise<string> {
  const names = await readNames(bot.core);
  return runOutcome(run, (id) => names.module(id), names);
}

async function status(bot: BotContext, call: Call): Promise<void> {
  const [last] = await listSyncs(bot.core, { limit: 1 });
  const text = last
    ? `Last sync: ${when(last.finishedAt ?? last.startedAt)}, started by ${who(last.by)}.\n${
        last.finishedAt ? await outcome(bot, last) : '*It is still counting.*'
      }`
    : 'No sync has run yet.';
  await answer(bot, call, {
    text: 'Sync',
    blocks: [
      section(text),
      ...runRows([
        { label: 'Sync now', command: 'sync now', style: 'primary' },
        { label: 'Preview', command: 'sync preview' },
      ]),
    ],
  });
}
