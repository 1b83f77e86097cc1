import { csvFile, csvLines } from '../../../src/domain/csv.ts';
import { ITEM_COLUMNS } from '../../../src/usecases/file-columns.ts';
import {
  billingItemChunks,
  groupBillingItems,
  listBillingItems,
} from '../../../src/usecases/list-billing-items.ts';
import type { BotContext } from '../../bot-context.ts';
import { itemsMessage } from '../../messages/items-message.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';
import { counted } from '../../words/wording.ts';
import { answerWithFile } from './answer-with-file.ts';

const NEWEST_SHOWN = 5;

/** Some ten megabytes: what a person opens on a laptop. */
const ROWS_IN_FILE = 50_000;

/** `/icb items`: pending and posted by module, and the newest few with the way to their explanation; or all as a file. */
export async function items(
  bot: BotContext,
  call: Call,
  { as }: Partial<Extract<Command, { verb: 'items' }>> = {},
): Promise<void> {
  if (as === 'csv') return itemsFile(bot, call);
  const byModule = (status: 'pending' | 'posted') =>
    groupBillingItems(bot.core, { filter: { status }, groupBy: ['module'] });
  const [pending, posted, newest] = await Promise.all([
    byModule('pending'),
    byModule('posted'),
    listBillingItems(bot.core, { filter: { status: 'pending' }, limit: NEWEST_SHOWN }),
  ]);
  await answer(bot, call, itemsMessage(pending.groups, posted.groups, newest.items));
}

async function itemsFile(bot: BotContext, call: Call): Promise<void> {
  const pieces = [csvFile(Object.keys(ITEM_COLUMNS), [])];
  let rows = 0;
  let more = false;
  for await (const chunk of billingItemChunks(bot.core, {})) {
    more = rows >= ROWS_IN_FILE;
    if (more) break;
    pieces.push(csvLines(ITEM_COLUMNS, chunk));
    rows += chunk.length;
  }
  const older = more ? '; the dashboard exports the others' : '';
  await answerWithFile(bot, call, {
    title: 'The list of billing items',
    filename: 'items',
    csv: pieces.join(''),
    said: `${counted(rows, 'billing item')}, pending and posted, newest period first${older}.`,
  });
}
