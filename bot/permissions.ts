import { type Role, roleOf } from '../src/auth/roles.ts';
import type { BotContext } from './bot-context.ts';
import type { Call } from './slack/call.ts';
import type { Command } from './words/grammar.ts';
import { VERBS } from './words/verbs.ts';
import { listed } from './words/wording.ts';

/** Somebody who may look tried to change something. */
export class RoleRefusal extends Error {
  override readonly name = 'RoleRefusal';
  /** For mrkdwn; names who may, and pings nobody where it is shown (ephemeral messages and modals). */
  readonly sentence: string;

  constructor(admins: ReadonlySet<string>) {
    super('only billing administrators may do this');
    const names = listed([...admins].slice(0, 10).map((id) => `<@${id}>`));
    this.sentence =
      `Only billing administrators can change this; ask ${names}. Nothing was changed. ` +
      'You can look at the plan, the items, the log and the dashboard.';
  }
}

export const roleOfPerson = (bot: BotContext, userId: string): Role => roleOf(userId, bot.admins);

/** Checked at the command, at every click and again at submit: the one who clicks may be somebody else. */
export function requireAdmin(bot: BotContext, call: Call): void {
  if (roleOfPerson(bot, call.user.id) !== 'admin') throw new RoleRefusal(bot.admins);
}

/** The least role for a command: looking is for everybody, `sync now` changes things though `sync preview` does not. */
export function roleFor(command: Command): Role {
  if (command.verb === 'menu') return 'viewer';
  if (command.verb === 'sync') return command.mode === 'now' ? 'admin' : 'viewer';
  return VERBS[command.verb].role;
}
