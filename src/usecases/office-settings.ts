import type { Actor } from '../domain/actor.ts';
import { IcbError } from '../domain/errors.ts';
import { NO_OFFICE_SETTINGS, OfficeSettings } from '../domain/office-settings.ts';
import { same } from '../domain/same.ts';
import { DEFAULT_HOLD_LIMITS, HoldLimits } from '../domain/settings.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { limitsInWords } from './hold-limits.ts';
import { parseInput } from './parse-input.ts';

export const officeIn = async (snapshot: Snapshot): Promise<OfficeSettings> =>
  (await snapshot.get('officeSettings', 'office')) ?? NO_OFFICE_SETTINGS;

export const officeSettings = async (core: Core): Promise<OfficeSettings> =>
  officeIn(await core.store.snapshot());

const Change = OfficeSettings.omit({ id: true, revision: true, syncCron: true, channel: true })
  .extend({
    /** Null goes back to what the environment says. */
    syncCron: OfficeSettings.shape.syncCron.unwrap().nullable(),
    channel: OfficeSettings.shape.channel.unwrap().nullable(),
  })
  .partial()
  .strict();

/**
 * Changes some of the settings, with who, before and after in the same commit. `revision`: the one that was looked at.
 * Errors: `bad-input`, `conflict` when somebody saved meanwhile.
 */
export async function setOfficeSettings(
  core: Core,
  {
    by,
    change,
    revision,
    holds,
  }: {
    readonly by: Actor;
    readonly change: unknown;
    readonly revision?: number;
    /** Hold limits saved along with it, and as they were when looked at. */
    readonly holds?: { readonly limits: unknown; readonly seen: Omit<HoldLimits, 'id'> };
  },
): Promise<OfficeSettings> {
  const given = parseInput(Change, change, 'The settings cannot be read.');
  const limits =
    holds && parseInput(HoldLimits.omit({ id: true }), holds.limits, 'The limits cannot be read.');
  if (given.syncCron) checkedCron(core, given.syncCron);
  const saved = await commit(core, by, async (snapshot) => {
    const before = await officeIn(snapshot);
    const heldBefore = (await snapshot.get('settings', 'holds')) ?? DEFAULT_HOLD_LIMITS;
    const heldAfter: HoldLimits = limits ? { id: 'holds', ...limits } : heldBefore;
    const moved = holds !== undefined && !same({ id: 'holds', ...holds.seen }, heldBefore);
    if (moved || (revision !== undefined && revision !== before.revision))
      throw new IcbError(
        'conflict',
        'Somebody saved settings after you opened them; nothing of yours was saved. Look at them again.',
      );
    const after = changed(before, given);
    const heldOtherwise = !same(heldBefore, heldAfter);
    if (same(before, after) && !heldOtherwise) return { changes: {}, result: before };
    const saved = { ...after, revision: before.revision + 1 };
    return {
      changes: { put: { officeSettings: [saved], ...(heldOtherwise && { settings: [heldAfter] }) } },
      audit: {
        action: 'set-settings',
        subject: 'office',
        text: [...differences(before, after), ...(heldOtherwise ? [limitsInWords(heldAfter)] : [])].join(
          '; ',
        ),
        before: { ...before, holds: heldBefore },
        after: { ...saved, holds: heldAfter },
      },
      result: saved,
    };
  });
  core.office?.changed(saved);
  return saved;
}

function checkedCron(core: Core, expression: string): void {
  try {
    core.office?.checkCron(expression);
  } catch {
    throw new IcbError(
      'bad-input',
      `"${expression}" is not a time icb understands: give 01:15, or a cron expression such as 15 1 * * *.`,
    );
  }
}

function changed(before: OfficeSettings, given: ReturnType<typeof Change.parse>): OfficeSettings {
  const { syncCron, channel, ...rest } = before;
  const cron = given.syncCron === undefined ? syncCron : (given.syncCron ?? undefined);
  const place = given.channel === undefined ? channel : (given.channel ?? undefined);
  return {
    ...rest,
    people: given.people ?? rest.people,
    groups: given.groups ?? rest.groups,
    postLimits: given.postLimits ?? rest.postLimits,
    ...(cron ? { syncCron: cron } : {}),
    ...(place ? { channel: place } : {}),
  };
}

/** What a change would make of the settings as they are now, a sentence each. */
export async function settingsDifferences(core: Core, change: unknown): Promise<string[]> {
  const now = await officeSettings(core);
  return differences(now, changed(now, parseInput(Change, change, 'The settings cannot be read.')));
}

/** Each change as a sentence for the log. */
function differences(before: OfficeSettings, after: OfficeSettings): string[] {
  const limits = ({ postLimits }: OfficeSettings) =>
    postLimits.map(({ amount, currency }) => `${amount} ${currency}`).join(', ') || 'none';
  const pairs: [string, string, string][] = [
    ['Nightly sync', before.syncCron ?? 'as set up', after.syncCron ?? 'as set up'],
    ['Channel', before.channel ?? 'as set up', after.channel ?? 'as set up'],
    ['Limit for a second person', limits(before), limits(after)],
  ];
  return [
    ...pairs.filter(([, from, to]) => from !== to).map(([what, from, to]) => `${what}: ${from} → ${to}`),
    ...roleDifferences(
      before.people.map(({ userId, role }) => [userId, role]),
      after.people.map(({ userId, role }) => [userId, role]),
      (id) => `Role of ${id}`,
    ),
    ...roleDifferences(
      before.groups.map(({ groupId, role }) => [groupId, role]),
      after.groups.map(({ groupId, role }) => [groupId, role]),
      (id) => `Role of user group ${id}`,
    ),
  ];
}

function roleDifferences(
  before: readonly (readonly [string, string])[],
  after: readonly (readonly [string, string])[],
  named: (id: string) => string,
): string[] {
  const [from, to] = [new Map(before), new Map(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((id) => from.get(id) !== to.get(id))
    .map((id) => `${named(id)}: ${from.get(id) ?? 'none'} → ${to.get(id) ?? 'none'}`);
}
