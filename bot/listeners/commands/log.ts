import type { AuditEntry } from '../../../src/domain/audit.ts';
import { csvOf } from '../../../src/domain/csv.ts';
import { AUDIT_COLUMNS } from '../../../src/usecases/file-columns.ts';
import { listActivity } from '../../../src/usecases/list-activity.ts';
import { listAudit } from '../../../src/usecases/list-audit.ts';
import type { BotContext } from '../../bot-context.ts';
import { logMessage } from '../../messages/log-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';
import { counted } from '../../words/wording.ts';
import { answerWithFile } from './answer-with-file.ts';

const ROWS_SHOWN = 10;

/** More is for the API: a file of this size opens on a phone. */
const ROWS_IN_FILE = 10_000;
const PAGE = 500;

/** `/icb log`: who changed what, and what the last syncs did; `/icb log csv`: the first as a file. */
export async function log(
  bot: BotContext,
  call: Call,
  { as }: Extract<Command, { verb: 'log' }>,
): Promise<void> {
  if (as === 'csv') return logFile(bot, call);
  const [audit, activity] = await Promise.all([
    listAudit(bot.core, { limit: ROWS_SHOWN }),
    listActivity(bot.core, { limit: ROWS_SHOWN }),
  ]);
  await answer(bot, call, logMessage(audit.items, activity.items));
}

async function logFile(bot: BotContext, call: Call): Promise<void> {
  const entries: AuditEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAudit(bot.core, { limit: PAGE, cursor });
    entries.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && entries.length < ROWS_IN_FILE);
  const older = cursor === undefined ? '' : '; older ones are in the API (`/api/audit`)';
  await answerWithFile(bot, call, {
    title: 'The log',
    filename: 'log',
    csv: csvOf(AUDIT_COLUMNS, entries),
    said: `${counted(entries.length, 'change')}, newest first${older}.`,
  });
}
