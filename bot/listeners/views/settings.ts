import { isIcbError } from '../../../src/domain/errors.ts';
import { cronOf, highestOnly, limitsIn } from '../../../src/domain/settings-text.ts';
import { listAudit } from '../../../src/usecases/list-audit.ts';
import { officeSettings, setOfficeSettings } from '../../../src/usecases/office-settings.ts';
import { read, SettingsMeta } from '../../action-ids.ts';
import { section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { noticeView } from '../../modals/notice-view.ts';
import {
  GIVEN_ROLES,
  SETTINGS_ACTION,
  type SettingsField,
  settingsBlock,
} from '../../modals/settings-view.ts';
import { loadSettingsView } from '../../screens/load-settings-view.ts';
import { when, who } from '../../words/wording.ts';
import { fieldError, outOfDate, type SubmitListener, updated } from './submitted.ts';

/** Save. The second of two people sees what the first saved instead of overwriting it. */
export const saveSettings: SubmitListener = async (bot, call, view) => {
  const meta = read(SettingsMeta, view.private_metadata);
  if (!meta) throw outOfDate('settings');
  const block = (name: SettingsField) => settingsBlock(name, meta.generation);
  const field = (name: SettingsField) => view.state.values[block(name)]?.[SETTINGS_ACTION];
  const office = await officeSettings(bot.core);
  const postLimits = limitsIn(field('limits')?.value ?? '');
  if (!postLimits)
    return fieldError(block('limits'), 'Give an amount a currency, such as: USD 1000, EUR 800.');
  const kinds = new Set((field('kinds')?.selected_options ?? []).map(({ value }) => value));
  const time = cronOf(field('time')?.value ?? '');
  const { defaults } = bot.core.office ?? {};
  const channel = field('channel')?.selected_conversation ?? null;
  try {
    await setOfficeSettings(bot.core, {
      by: call.by,
      revision: meta.revision,
      change: {
        syncCron: time === '' || (!office.syncCron && time === defaults?.syncCron) ? null : time,
        channel: !office.channel && channel === (defaults?.channel ?? bot.channel) ? null : channel,
        postLimits,
        people: highestOnly(
          GIVEN_ROLES.flatMap((role) =>
            (field(`people.${role}`)?.selected_users ?? []).map((userId) => ({ userId, role })),
          ),
        ),
        groups: GIVEN_ROLES.some((role) => field(`groups.${role}`))
          ? GIVEN_ROLES.flatMap((role) =>
              (field(`groups.${role}`)?.selected_options ?? []).map(({ value }) => ({
                groupId: value,
                role,
              })),
            )
          : office.groups,
      },
      holds: {
        seen: meta.holds,
        limits: {
          zero: kinds.has('zero'),
          firstCounts: kinds.has('firstCounts'),
          jumpPercent: Number(field('percent')?.value || meta.holds.jumpPercent),
          jumpUnits: Number(field('units')?.value || meta.holds.jumpUnits),
        },
      },
    });
  } catch (error) {
    if (isIcbError(error) && error.code === 'conflict')
      return updated(
        await loadSettingsView(bot, {
          generation: meta.generation + 1,
          notice: `*${await lastSaved(bot)} after you opened this.* Nothing of yours was saved; this is how it is now.`,
        }),
      );
    if (isIcbError(error) && error.message.includes('is not a time'))
      return fieldError(block('time'), error.message);
    throw error;
  }
  return updated(
    noticeView('Saved', [section('*Saved.* It counts from now on; `/icb log` says what was changed.')]),
  );
};

const BY_SETTINGS: ReadonlySet<string> = new Set(['set-settings', 'grant-role', 'set-hold-limits']);

async function lastSaved(bot: BotContext): Promise<string> {
  const { items } = await listAudit(bot.core, { limit: 50 });
  const last = items.find(({ action }) => BY_SETTINGS.has(action));
  return last ? `${who(last.by)} saved settings ${when(last.at)},` : 'Somebody saved settings';
}
