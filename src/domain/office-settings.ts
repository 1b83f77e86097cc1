import { z } from 'zod';
import { Currency, Money } from './money.ts';
import { Role } from './role.ts';

export const UserRole = z.object({ userId: z.string().min(1), role: Role });
export const GroupRole = z.object({ groupId: z.string().min(1), role: Role });
export const PostLimit = z.object({ currency: Currency, amount: Money });

/** What admins set while icb runs; what is left out here is as the environment says. One record. */
export const OfficeSettings = z.object({
  id: z.literal('office'),
  /** Grows with each saving: who saves on an older one is told instead of overwriting. */
  revision: z.number().int().nonnegative(),
  people: z.array(UserRole),
  /** Slack user groups whose members have a role. */
  groups: z.array(GroupRole),
  /** When the nightly sync is due; instead of ICB_SYNC_CRON. */
  syncCron: z.string().min(1).optional(),
  /** Where summaries go: a channel's id; instead of SLACK_CHANNEL. */
  channel: z.string().min(1).optional(),
  /** A posting above this amount of its currency needs a second person. */
  postLimits: z.array(PostLimit),
});
export type OfficeSettings = z.infer<typeof OfficeSettings>;

export const NO_OFFICE_SETTINGS: OfficeSettings = {
  id: 'office',
  revision: 0,
  people: [],
  groups: [],
  postLimits: [],
};
