import type { ModalView } from '@slack/types';
import { holdLimits } from '../../src/usecases/hold-limits.ts';
import { officeSettings } from '../../src/usecases/office-settings.ts';
import type { BotContext } from '../bot-context.ts';
import { settingsView } from '../modals/settings-view.ts';
import { userGroups } from '../slack/group-members.ts';

/** The settings as they are now. */
export async function loadSettingsView(
  bot: BotContext,
  { generation = 0, notice }: { readonly generation?: number; readonly notice?: string } = {},
): Promise<ModalView> {
  const [office, holds, groups] = await Promise.all([
    officeSettings(bot.core),
    holdLimits(bot.core),
    userGroups(bot.slack).catch((error: unknown) => {
      bot.core.log.warn({ error: String(error) }, 'Slack does not list its user groups');
      return undefined;
    }),
  ]);
  const { id: _id, ...seen } = holds;
  return settingsView(
    {
      office,
      holds,
      defaults: bot.core.office?.defaults ?? { syncCron: '15 1 * * *', channel: bot.channel },
      timeZone: bot.core.clock.timeZone,
      always: [...bot.roles.always],
      groups,
      notice,
    },
    { v: 1, revision: office.revision, generation, holds: seen },
  );
}
