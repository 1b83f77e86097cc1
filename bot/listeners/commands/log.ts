import type { AuditEntry } from '../../../src/domain/audit.ts';
import { listActivity } from '../../../src/usecases/list-activity.ts';
import { listAudit } from '../../../src/usecases/list-audit.ts';
import { section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { logMessage } from '../../messages/log-message.ts';
import type { Call } from '../../slack/call.ts';
import { sendFile } from '../../slack/send-file.ts';
import { answer } from '../../slack/surface.ts';
import { csv } from '../../words/csv.ts';
import type { Command } from '../../words/grammar.ts';
import { counted } from '../../words/wording.ts';

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
  const said = `${counted(entries.length, 'change')}, newest first${cursor === undefined ? '' : '; older ones are in the API (`/api/audit`)'}.`;
  await sendFile(bot, call.user.id, {
    filename: `icb-log-${bot.core.clock.today()}.csv`,
    title: 'Who changed what',
    text: csv(HEAD, entries.map(row)),
    comment: said,
  });
  const text = `The log is a CSV file in your direct messages with icb: ${said}`;
  await answer(bot, call, { text, blocks: [section(text)] });
}

const HEAD = ['at', 'by', 'action', 'subject', 'what'];

const row = ({ at, by, action, subject, text }: AuditEntry): string[] => [
  at,
  by.kind === 'slack' ? `${by.name} (${by.userId})` : by.name,
  action,
  subject ?? '',
  text,
];
