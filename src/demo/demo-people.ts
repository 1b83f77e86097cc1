import type { Actor } from '../domain/actor.ts';
import type { Core } from '../usecases/core.ts';
import { setOfficeSettings } from '../usecases/office-settings.ts';

/** One person a role, so that every role can be tried; Alex is the admin of SLACK_ADMINS. */
export const DEMO_PEOPLE = [
  { id: 'U0ADMIN', name: 'alex', realName: 'Alex Admin', isAdmin: true },
  { id: 'U0VIEW', name: 'vera', realName: 'Vera Viewer' },
  { id: 'U0APPROVE', name: 'paula', realName: 'Paula Approver' },
  { id: 'U0OPERATE', name: 'omar', realName: 'Omar Operator' },
] as const;

export const DEMO_GROUPS = [
  { id: 'S0APPROVERS', handle: 'billing-approvers', users: ['U0APPROVE'] },
  { id: 'S0OPERATORS', handle: 'billing-operators', users: ['U0OPERATE'] },
];

/** Roles by user group, as an MSP would set them. */
export const giveDemoRoles = (core: Core, by: Actor) =>
  setOfficeSettings(core, {
    by,
    change: {
      groups: [
        { groupId: 'S0APPROVERS', role: 'approver' },
        { groupId: 'S0OPERATORS', role: 'operator' },
      ],
    },
  });
