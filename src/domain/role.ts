import { z } from 'zod';

/**
 * What a person may do, each including the one before: look; map, decide holds and bring usage; approve and post; switch
 * modules and change settings and roles.
 */
export const ROLES = ['viewer', 'operator', 'approver', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const atLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

export const highest = (roles: readonly Role[]): Role =>
  roles.reduce((best, role) => (atLeast(role, best) ? role : best), 'viewer' as Role);

export const ROLE_MAY: Readonly<Record<Role, string>> = {
  viewer: 'look at everything',
  operator: 'map organizations and services, decide held counts, bring usage, sync, make widgets and tabs',
  approver: 'approve and post, and all that an operator may',
  admin: 'switch modules, change settings and roles, and all that an approver may',
};

/** `an operator`. */
export const aRole = (role: Role): string => (role === 'viewer' ? `a ${role}` : `an ${role}`);
