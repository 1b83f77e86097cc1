import type { PlainTextOption } from '@slack/types';
import { formatMoney } from '../../../src/domain/money.ts';
import { findItems } from '../../../src/usecases/find-items.ts';
import { IN_A_MENU, option } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { clip } from '../../words/escape.ts';
import { day } from '../../words/wording.ts';

/** Billing items that hold what was typed in the name of their organization or service, or in their id; newest first. */
export async function itemOptions(bot: BotContext, typed: string): Promise<PlainTextOption[]> {
  const found = await findItems(bot.core, typed, IN_A_MENU);
  return found.map((item) =>
    option(
      clip(`${item.organization}: ${item.service}`, 75),
      item.id,
      `${day(item.itemDate)} · ${item.units} units · ${formatMoney(item.amount, item.currency)} · ${item.status}`,
    ),
  );
}
