import { IcbError } from '../../../src/domain/errors.ts';
import { undoUsage } from '../../../src/usecases/undo-usage.ts';
import {
  discardUsageDraft,
  matchUsageDraft,
  saveUsageDraft,
  viewUsageDraft,
} from '../../../src/usecases/usage-drafts.ts';
import { read, UsageFileValue, UsageUndoValue } from '../../action-ids.ts';
import type { Message } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { usageClosedMessage, usageSavedMessage } from '../../messages/usage-saved-message.ts';
import { cardAt, changeCard } from '../../outbox/cards.ts';
import { loadUsageFileMessage } from '../../screens/load-usage-file.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { answer } from '../../slack/surface.ts';

/** Another module for the file: its columns are guessed anew. */
export async function chooseModule(bot: BotContext, call: Call, action: Action): Promise<void> {
  const id = action.block_id.replace(/^usage\./, '');
  await matchUsageDraft(bot.core, { by: call.by, id, module: action.selected_option?.value ?? '' });
  await show(bot, call, await loadUsageFileMessage(bot, id));
}

export async function saveFile(bot: BotContext, call: Call, action: Action): Promise<void> {
  const { module, ...taken } = await saveUsageDraft(bot.core, { by: call.by, id: draftOf(action) });
  const at = bot.core.clock.now();
  await show(bot, call, usageSavedMessage({ ...taken, module: module.name, by: call.by, at }));
}

/** Cancel. */
export async function discardFile(bot: BotContext, call: Call, action: Action): Promise<void> {
  const id = draftOf(action);
  const { draft } = await viewUsageDraft(bot.core, id);
  await discardUsageDraft(bot.core, { by: call.by, id });
  await show(bot, call, closed(bot, call, `${draft.file} was cancelled; nothing was taken in`));
}

export async function undoFile(bot: BotContext, call: Call, action: Action): Promise<void> {
  const value = read(UsageUndoValue, action.value ?? undefined);
  if (!value) throw gone();
  const { file = 'the upload', changed } = await undoUsage(bot.core, { by: call.by, id: value.upload });
  const counts = changed === 1 ? '1 count is' : `${changed} counts are`;
  await show(bot, call, closed(bot, call, `Undone: ${counts} as before ${file}`));
}

const closed = (bot: BotContext, call: Call, text: string): Message =>
  usageClosedMessage(text, call.by, bot.core.clock.now());

/** In the place of the message that was clicked, so that nobody clicks it again. */
async function show(bot: BotContext, call: Call, message: Message): Promise<void> {
  const { channel, message: clicked } = call;
  if (!channel || !clicked) return answer(bot, call, message);
  const card = await cardAt(bot, channel, clicked.ts);
  if (card?.message) {
    await changeCard(bot, card.id, () => message);
    return;
  }
  await bot.slack.posting.chat.update({ channel, ts: clicked.ts, ...message });
}

function draftOf(action: Action): string {
  const value = read(UsageFileValue, action.value ?? undefined);
  if (!value) throw gone();
  return value.draft;
}

const gone = (): IcbError =>
  new IcbError('not-found', 'This button is from an older icb. Share the file again.');
