import type { Actor } from '../domain/actor.ts';
import type { OfficeSettings } from '../domain/office-settings.ts';
import { atLeast, highest, type Role } from '../domain/role.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { officeIn, officeSettings } from './office-settings.ts';

export interface Roles {
  /** What a person may do now. */
  of(userId: string): Promise<Role>;
  /** Ids of those who have at least this role, those named themselves first. */
  holders(role: Role): Promise<readonly string[]>;
  /** Asks for the members of all groups that have a role, so that nobody who clicks has to wait for the first answer. */
  prepare(): Promise<void>;
  /** `SLACK_ADMINS`: always admins. */
  readonly always: ReadonlySet<string>;
}

interface Deps {
  readonly always: readonly string[];
  /** Members of a Slack user group. */
  readonly members: (groupId: string) => Promise<readonly string[]>;
  /** Milliseconds, to know how old a list of members is. */
  readonly now: () => number;
  /** What work comes to within so many milliseconds; undefined when it takes longer. It goes on. */
  readonly within: <T>(ms: number, work: Promise<T>) => Promise<{ readonly value: T } | undefined>;
}

interface Known {
  readonly at: number;
  readonly users: Promise<readonly string[]>;
  /** As answered the time before. */
  readonly before: Promise<readonly string[]> | undefined;
}

const FRESH_MS = 60_000;
/** A form has to be opened within 3 s of the click: members known a minute ago count where Slack is slower than this. */
const PATIENCE_MS = 700;

/**
 * Roles from `SLACK_ADMINS`, from the settings, and from Slack user groups. Members are asked for once a minute; where
 * Slack does not answer, those known last count, and a group never seen has none: a failure gives nobody more rights.
 */
export function createRoles(core: Core, { always, members, now, within }: Deps): Roles {
  const known = new Map<string, Known>();
  const admins = new Set(always);
  const ask = (groupId: string, before: Known | undefined): Known => {
    const users = members(groupId).catch(async (error: unknown) => {
      core.log.warn({ groupId, error: String(error) }, 'the members of a user group are as last known');
      return before ? await before.users : [];
    });
    const asked = { at: now(), users, before: before?.users };
    known.set(groupId, asked);
    return asked;
  };
  const membersOf = async (groupId: string): Promise<readonly string[]> => {
    const last = known.get(groupId);
    const { users, before } = last && now() - last.at < FRESH_MS ? last : ask(groupId, last);
    return before ? ((await within(PATIENCE_MS, users))?.value ?? before) : users;
  };
  const inGroups = async (userId: string, { groups }: OfficeSettings): Promise<Role[]> => {
    const found = await Promise.all(
      groups.map(async ({ groupId, role }) => ((await membersOf(groupId)).includes(userId) ? [role] : [])),
    );
    return found.flat();
  };
  return {
    always: admins,
    async prepare() {
      const { groups } = await officeSettings(core);
      await Promise.all(groups.map(({ groupId }) => membersOf(groupId)));
    },
    async of(userId) {
      if (admins.has(userId)) return 'admin';
      const office = await officeSettings(core);
      const own = office.people.filter((one) => one.userId === userId).map(({ role }) => role);
      if (own.includes('admin')) return 'admin';
      return highest([...own, ...(await inGroups(userId, office))]);
    },
    async holders(role) {
      const { people, groups } = await officeSettings(core);
      const named = people.filter((one) => atLeast(one.role, role)).map(({ userId }) => userId);
      const grouped = await Promise.all(
        groups.filter((one) => atLeast(one.role, role)).map(({ groupId }) => membersOf(groupId)),
      );
      return [...new Set([...admins, ...named, ...grouped.flat()])];
    },
  };
}

/**
 * Gives a person a role, or takes it away (`viewer`). The audit says from what to what.
 * @param raiseOnly a higher one that the person was given meanwhile stays
 */
export async function grantRole(
  core: Core,
  {
    by,
    userId,
    role,
    raiseOnly = false,
  }: { readonly by: Actor; readonly userId: string; readonly role: Role; readonly raiseOnly?: boolean },
): Promise<OfficeSettings> {
  return commit(core, by, async (snapshot) => {
    const before = await officeIn(snapshot);
    const was = before.people.find((one) => one.userId === userId)?.role ?? 'viewer';
    if (was === role || (raiseOnly && atLeast(was, role))) return { changes: {}, result: before };
    const others = before.people.filter((one) => one.userId !== userId);
    const people = role === 'viewer' ? others : [...others, { userId, role }];
    const after = { ...before, people, revision: before.revision + 1 };
    return {
      changes: { put: { officeSettings: [after] } },
      audit: {
        action: 'grant-role',
        subject: userId,
        text: `Role of ${userId}: ${was} → ${role}`,
        before: was,
        after: role,
      },
      result: after,
    };
  });
}

/** The first person who sets icb up becomes admin, where the environment and the settings name none. */
export async function becomeFirstAdmin(core: Core, by: Actor, always: ReadonlySet<string>): Promise<boolean> {
  if (always.size > 0 || by.kind !== 'slack') return false;
  return commit(core, by, async (snapshot) => {
    const before = await officeIn(snapshot);
    // An admin group counts also while Slack shows it empty: who fills it is for the workspace to say.
    if ([...before.people, ...before.groups].some(({ role }) => role === 'admin'))
      return { changes: {}, result: false };
    const people = [...before.people, { userId: by.userId, role: 'admin' as const }];
    return {
      changes: { put: { officeSettings: [{ ...before, people, revision: before.revision + 1 }] } },
      audit: {
        action: 'grant-role',
        subject: by.userId,
        text: `Role of ${by.userId}: viewer → admin, as the first who set icb up`,
        before: 'viewer',
        after: 'admin',
      },
      result: true,
    };
  });
}
