import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import { jsonOf } from '../../src/domain/json-of.ts';
import type { OfficeSettings } from '../../src/domain/office-settings.ts';
import { ROLES, type Role } from '../../src/domain/role.ts';
import type { HoldLimits } from '../../src/domain/settings.ts';
import { cronOf, highestOnly, limitsIn, limitsText, timeOf } from '../../src/domain/settings-text.ts';

export const SETTINGS_PATH = '/dashboard/settings';

/** What somebody with an id in Slack, a person or a user group, is given. */
export interface RoleRow {
  readonly id: string;
  readonly role: Role;
}

/** The form as it is filled in: text, nothing checked. */
export interface SettingsFields {
  readonly revision: number;
  /** Hold limits as they were when the form was opened. */
  readonly seen: Omit<HoldLimits, 'id'>;
  readonly time: string;
  readonly channel: string;
  readonly zero: boolean;
  readonly firstCounts: boolean;
  readonly jumpPercent: string;
  readonly jumpUnits: string;
  readonly limits: string;
  readonly people: readonly RoleRow[];
  readonly groups: readonly RoleRow[];
}

export interface Defaults {
  readonly syncCron: string;
  readonly channel: string;
}

export function fieldsOf(
  office: OfficeSettings,
  { id: _, ...holds }: HoldLimits,
  defaults: Defaults,
): SettingsFields {
  return {
    revision: office.revision,
    seen: holds,
    time: timeOf(office.syncCron ?? defaults.syncCron),
    channel: office.channel ?? defaults.channel,
    zero: holds.zero,
    firstCounts: holds.firstCounts,
    jumpPercent: String(holds.jumpPercent),
    jumpUnits: String(holds.jumpUnits),
    limits: limitsText(office.postLimits),
    people: office.people.map(({ userId, role }) => ({ id: userId, role })),
    groups: office.groups.map(({ groupId, role }) => ({ id: groupId, role })),
  };
}

const Seen = z.object({
  zero: z.boolean(),
  firstCounts: z.boolean(),
  jumpPercent: z.number(),
  jumpUnits: z.number(),
});

/** What a browser sends. Error: `bad-input` where it is no form of ours. */
export function readSettingsForm(form: FormData): SettingsFields {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const seen = Seen.safeParse(jsonOf(text('seen')));
  const revision = z.coerce
    .number()
    .int()
    .nonnegative()
    .safeParse(text('revision') || Number.NaN);
  if (!seen.success || !revision.success)
    throw new IcbError(
      'bad-input',
      'This form is from an older icb. Nothing was saved; open the settings anew.',
    );
  return {
    revision: revision.data,
    seen: seen.data,
    time: text('time'),
    channel: text('channel'),
    zero: text('zero') === 'yes',
    firstCounts: text('firstCounts') === 'yes',
    jumpPercent: text('jumpPercent'),
    jumpUnits: text('jumpUnits'),
    limits: text('limits'),
    people: rowsIn(form, 'person'),
    groups: rowsIn(form, 'group'),
  };
}

/** Rows whose id was emptied are gone. */
function rowsIn(form: FormData, name: string): RoleRow[] {
  const roles = form.getAll(`${name}-role`).map(String);
  return form.getAll(name).flatMap((id, at) => {
    const role = ROLES.find((each) => each === roles[at]);
    return String(id).trim() === '' || !role ? [] : [{ id: String(id).trim(), role }];
  });
}

/** A Slack id: people's begin with U or W, user groups' with S. */
const ID = { people: /^[UW][A-Z0-9]{1,20}$/, groups: /^S[A-Z0-9]{1,20}$/ } as const;

/**
 * The change to save. What says the same as the environment is left to it, so that changing that still counts.
 * Error: `bad-input`, naming every field that cannot be read.
 */
export function settingsGiven(fields: SettingsFields, office: OfficeSettings, defaults: Defaults) {
  const problems: string[] = [];
  const postLimits = limitsIn(fields.limits);
  if (!postLimits)
    problems.push('A second person posts above: give an amount a currency, such as USD 1000, EUR 800.');
  const number = (name: string, text: string, check: z.ZodType<number>): number => {
    const read = check.safeParse(text === '' ? Number.NaN : Number(text));
    if (!read.success) problems.push(`${name}: give a number, 0 or more.`);
    return read.data ?? 0;
  };
  const jumpPercent = number('A jump in percent', fields.jumpPercent, z.number().min(0));
  const jumpUnits = number('A jump in units', fields.jumpUnits, z.number().int().min(0));
  for (const { id } of fields.people)
    if (!ID.people.test(id))
      problems.push(`“${id}” is no Slack member id. In Slack: profile, ⋮, Copy member ID (U0123ABCD).`);
  for (const { id } of fields.groups)
    if (!ID.groups.test(id))
      problems.push(
        `“${id}” is no id of a Slack user group. It stands at the end of the group’s link (S0123ABCD).`,
      );
  if (problems.length > 0)
    throw new IcbError('bad-input', 'The settings were not saved.', { details: problems });
  const cron = cronOf(fields.time);
  return {
    change: {
      syncCron: cron === '' || (!office.syncCron && cron === defaults.syncCron) ? null : cron,
      channel:
        fields.channel === '' || (!office.channel && fields.channel === defaults.channel)
          ? null
          : fields.channel,
      postLimits: postLimits ?? [],
      people: highestOnly(fields.people.map(({ id, role }) => ({ userId: id, role }))),
      groups: fields.groups.map(({ id, role }) => ({ groupId: id, role })),
    },
    holds: {
      seen: fields.seen,
      limits: { zero: fields.zero, firstCounts: fields.firstCounts, jumpPercent, jumpUnits },
    },
  };
}
