import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { OfficeSettings } from '../../src/domain/office-settings.ts';
import { ROLE_MAY, ROLES, type Role } from '../../src/domain/role.ts';
import type { HoldLimits } from '../../src/domain/settings.ts';
import { limitsText, timeOf } from '../../src/domain/settings-text.ts';
import { SettingsMeta, VIEWS, write } from '../action-ids.ts';
import { context, header, option, plain, section, ticks } from '../blocks.ts';
import { listed } from '../words/wording.ts';

/** Names of the fields; their block ids also carry a generation, so that a fresh view shows fresh values. */
export type SettingsField =
  | 'time'
  | 'channel'
  | 'limits'
  | 'percent'
  | 'units'
  | 'kinds'
  | `${'people' | 'groups'}.${Role}`;
export const settingsBlock = (field: SettingsField, generation: number): string =>
  `settings.${field}:${generation}`;
export const SETTINGS_ACTION = 'settings.value';

/** Everybody looks; the others are given. */
export const GIVEN_ROLES = ROLES.filter((role) => role !== 'viewer');

export interface SettingsInput {
  readonly office: OfficeSettings;
  readonly holds: HoldLimits;
  readonly defaults: { readonly syncCron: string; readonly channel: string };
  readonly timeZone: string;
  /** Ids that are admins whatever is set here. */
  readonly always: readonly string[];
  /** Undefined where Slack does not tell: then those set stay as they are. */
  readonly groups: readonly { readonly id: string; readonly handle: string }[] | undefined;
  /** What is told above the form. */
  readonly notice?: string | undefined;
}

const IN_A_MENU = 100;

export function settingsView(input: SettingsInput, meta: SettingsMeta): ModalView {
  const { office, holds, defaults, timeZone, always, groups, notice } = input;
  const field = (
    name: SettingsField,
    label: string,
    element: InputBlock['element'],
    hint?: string,
  ): InputBlock => ({
    type: 'input',
    block_id: settingsBlock(name, meta.generation),
    optional: true,
    label: plain(label),
    element,
    ...(hint ? { hint: plain(hint, 150) } : {}),
  });
  const cron = office.syncCron ?? defaults.syncCron;
  const limits = limitsText(office.postLimits);
  const kinds = [
    option('A count that falls to zero', 'zero'),
    option('The first count of a mapping', 'firstCounts'),
  ];
  const ticked = kinds.filter(({ value }) => (value === 'zero' ? holds.zero : holds.firstCounts));
  const channel = office.channel ?? defaults.channel;
  return {
    type: 'modal',
    callback_id: VIEWS.settings,
    private_metadata: write(SettingsMeta, meta),
    title: plain('Settings', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      ...(notice ? [section(notice)] : []),
      header('Nightly sync'),
      field(
        'time',
        'When',
        {
          type: 'plain_text_input',
          action_id: SETTINGS_ACTION,
          initial_value: timeOf(cron),
          max_length: 100,
        },
        `A time such as 01:15, or a cron expression. Now: ${cron}, ${timeZone}. Empty: ${defaults.syncCron}.`,
      ),
      field('channel', 'Channel of the summary', {
        type: 'conversations_select',
        action_id: SETTINGS_ACTION,
        filter: {
          include: ['public', 'private'],
          exclude_bot_users: true,
          exclude_external_shared_channels: true,
        },
        ...(channel ? { initial_conversation: channel } : {}),
      }),
      header('Holds'),
      field('kinds', 'Held for a person', {
        ...ticks(SETTINGS_ACTION, kinds),
        ...(ticked.length > 0 ? { initial_options: ticked } : {}),
      }),
      field('percent', 'A jump of more than … percent', {
        type: 'number_input',
        is_decimal_allowed: true,
        action_id: SETTINGS_ACTION,
        min_value: '0',
        max_value: '1000',
        initial_value: String(holds.jumpPercent),
      }),
      field('units', '… and of more than … units', {
        type: 'number_input',
        is_decimal_allowed: false,
        action_id: SETTINGS_ACTION,
        min_value: '0',
        initial_value: String(holds.jumpUnits),
      }),
      header('Posting'),
      field(
        'limits',
        'A second person posts above',
        {
          type: 'plain_text_input',
          action_id: SETTINGS_ACTION,
          max_length: 300,
          ...(limits ? { initial_value: limits } : {}),
        },
        'An amount a currency, such as USD 1000, EUR 800. Empty: one person may post any amount.',
      ),
      header('Roles'),
      ...(always.length > 0
        ? [context(`Always admins (SLACK_ADMINS): ${listed(always.slice(0, 10).map((id) => `<@${id}>`))}`)]
        : []),
      ...GIVEN_ROLES.flatMap((role): KnownBlock[] => rolesOf(role)),
      ...(groups ? [] : [context('Slack does not list user groups now; those set stay as they are.')]),
    ],
  };

  function rolesOf(role: Role): KnownBlock[] {
    const people = office.people.filter((one) => one.role === role).map(({ userId }) => userId);
    const offered = groups
      ? offeredGroups(office, groups).map(({ id, handle }) => option(`@${handle}`, id))
      : [];
    const set = new Set(office.groups.filter((one) => one.role === role).map(({ groupId }) => groupId));
    const chosen = offered.filter(({ value }) => set.has(value ?? ''));
    return [
      field(
        `people.${role}`,
        `People with the role ${role}`,
        {
          type: 'multi_users_select',
          action_id: SETTINGS_ACTION,
          ...(people.length > 0 ? { initial_users: people } : {}),
        },
        `May ${ROLE_MAY[role]}.`,
      ),
      ...(offered.length > 0
        ? [
            field(`groups.${role}`, `User groups with the role ${role}`, {
              type: 'multi_static_select',
              action_id: SETTINGS_ACTION,
              options: offered,
              ...(chosen.length > 0 ? { initial_options: chosen } : {}),
            }),
          ]
        : []),
    ];
  }
}

type Group = NonNullable<SettingsInput['groups']>[number];

/** Those that have a role come first, also where Slack lists them no more: what is not offered, saving would take away. */
export function offeredGroups(
  { groups: given }: Pick<OfficeSettings, 'groups'>,
  listed: readonly Group[],
): Group[] {
  const known = new Map(listed.map((group) => [group.id, group]));
  const set = [...new Set(given.map(({ groupId }) => groupId))];
  const others = listed.filter(({ id }) => !set.includes(id));
  return [...set.map((id) => known.get(id) ?? { id, handle: id }), ...others].slice(0, IN_A_MENU);
}
