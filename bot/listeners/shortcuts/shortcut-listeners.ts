import { SHORTCUTS } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { menuMessage } from '../../messages/menu-message.ts';
import { messageView } from '../../modals/notice-view.ts';
import { roleOfPerson } from '../../permissions.ts';
import type { Call } from '../../slack/call.ts';
import type { ShortcutBody } from '../../slack/payloads.ts';
import { answer, showModal, textMessage } from '../../slack/surface.ts';
import { explain } from '../commands/explain.ts';
import { runCommand } from '../commands/run-command.ts';
import { takeSharedFile } from '../events/file-shared.ts';

export type ShortcutListener = (bot: BotContext, call: Call, body: ShortcutBody) => Promise<void>;

/** The menu over whatever the person looks at. */
const menu: ShortcutListener = (bot, call) =>
  showModal(bot, call, 'icb', async () =>
    messageView('icb', menuMessage(await roleOfPerson(bot, call.user.id))),
  );

const typed =
  (command: string): ShortcutListener =>
  (bot, call) =>
    runCommand(bot, call, command);

/** Ids of billing items as icb writes them, alone or in a link. */
const ITEM = /\bbi_[A-Za-z0-9_-]{5,}/;

/** Explains the billing item that a message is about, in a modal; asks which where it names none. */
const explainMessage: ShortcutListener = (bot, { responseUrl: _, ...call }, { message }) => {
  const [id] = ITEM.exec(JSON.stringify([message?.text, message?.blocks])) ?? [];
  return explain(bot, call, { verb: 'explain', ...(id ? { id } : {}) });
};

/** Counts the CSV file of a message; in a channel icb hears of files only where it was when they were shared. */
const countFile: ShortcutListener = async (bot, call, { message, user }) => {
  const [file] = message?.files ?? [];
  if (!file || !call.channel) return answer(bot, call, textMessage(NO_FILE));
  const taken = await takeSharedFile(bot, call, {
    file_id: file.id,
    user_id: user.id,
    channel_id: call.channel,
  });
  if (taken === 'no-csv') return answer(bot, call, textMessage(NO_FILE));
  if (taken === 'before') return answer(bot, call, textMessage(BEFORE));
};

const NO_FILE =
  'There is no CSV file in this message. Share the table as “CSV UTF-8”, its first line the columns’ titles, and use the shortcut there.';
const BEFORE = 'icb has taken this file already: what it understood stands in the thread under the file.';

/** Every shortcut of the manifest and who listens to it. */
export const SHORTCUT_LISTENERS: ReadonlyMap<string, ShortcutListener> = new Map<string, ShortcutListener>([
  [SHORTCUTS.menu, menu],
  [SHORTCUTS.map, typed('map')],
  [SHORTCUTS.post, typed('post')],
  [SHORTCUTS.explain, explainMessage],
  [SHORTCUTS.countFile, countFile],
]);
