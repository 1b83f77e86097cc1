import type { KnownBlock } from '@slack/types';
import { aRole, atLeast, ROLE_MAY, type Role } from '../src/domain/role.ts';
import { ACTIONS, AccessValue, write } from './action-ids.ts';
import { actions, button, section } from './blocks.ts';
import type { BotContext } from './bot-context.ts';
import type { Call } from './slack/call.ts';
import { listed } from './words/wording.ts';

/** Somebody tried what their role does not allow. */
export class RoleRefusal extends Error {
  override readonly name = 'RoleRefusal';
  readonly needed: Role;
  /** For mrkdwn; names who may, and pings nobody where it is shown (ephemeral messages and modals). */
  readonly sentence: string;

  constructor(needed: Role, has: Role, holders: readonly string[]) {
    super(`the role ${needed} is needed`);
    this.needed = needed;
    const names = holders.slice(0, 10).map((id) => `<@${id}>`);
    const more = holders.length - names.length;
    const may =
      names.length > 0
        ? `${listed([...names, ...(more > 0 ? [`${more} more`] : [])])} may do this.`
        : 'Nobody has it yet: who runs `/icb setup` first becomes admin.';
    this.sentence =
      `This needs the role *${needed}* (${ROLE_MAY[needed]}); you are ${aRole(has)}. ${may} ` +
      'Nothing was changed.';
  }

  get blocks(): KnownBlock[] {
    return [
      section(this.sentence),
      actions([
        button(ACTIONS.access.request, 'Request access', {
          value: write(AccessValue, { v: 1, role: this.needed }),
          label: `Request the role ${this.needed}`,
        }),
      ]),
    ];
  }
}

export const roleOfPerson = (bot: BotContext, userId: string): Promise<Role> => bot.roles.of(userId);

/** Checked at the command, at every click and again at submit: the one who clicks may be somebody else. */
export async function requireRole(bot: BotContext, call: Call, needed: Role): Promise<void> {
  if (needed === 'viewer') return;
  const has = await roleOfPerson(bot, call.user.id);
  if (!atLeast(has, needed)) throw new RoleRefusal(needed, has, await bot.roles.holders(needed));
}
