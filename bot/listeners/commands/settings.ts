import type { BotContext } from '../../bot-context.ts';
import { loadSettingsView } from '../../screens/load-settings-view.ts';
import type { Call } from '../../slack/call.ts';
import { showModal } from '../../slack/surface.ts';

/** `/icb settings`: schedule, channel, hold limits, roles, and the amount above which a second person posts. */
export const settings = (bot: BotContext, call: Call): Promise<void> =>
  showModal(bot, call, 'Settings', () => loadSettingsView(bot));
