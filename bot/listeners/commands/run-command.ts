import type { BotContext } from '../../bot-context.ts';
import { helpMessage, misunderstoodMessage, verbHelpMessage } from '../../messages/help-message.ts';
import { menuMessage } from '../../messages/menu-message.ts';
import { neededToRun } from '../../needed-role.ts';
import { requireRole, roleOfPerson } from '../../permissions.ts';
import type { Call } from '../../slack/call.ts';
import { refuseInShared } from '../../slack/shared-channels.ts';
import { answer } from '../../slack/surface.ts';
import { type Command, parseCommand } from '../../words/grammar.ts';
import { dashboard } from './dashboard.ts';
import { disable } from './disable.ts';
import { enable } from './enable.ts';
import { explain } from './explain.ts';
import { items } from './items.ts';
import { log } from './log.ts';
import { map } from './map.ts';
import { plan } from './plan.ts';
import { post } from './post.ts';
import { services } from './services.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { sync } from './sync.ts';
import { undo } from './undo.ts';

type Verb = Command['verb'];
type Door<V extends Verb> = (
  bot: BotContext,
  call: Call,
  command: Extract<Command, { verb: V }>,
) => Promise<void>;

const DOORS: { readonly [V in Verb]: Door<V> } = {
  menu: async (bot, call) => answer(bot, call, menuMessage(await roleOfPerson(bot, call.user.id))),
  help: (bot, call, { topic }) => answer(bot, call, topic ? verbHelpMessage(topic) : helpMessage()),
  setup,
  enable,
  disable,
  map,
  services,
  settings,
  sync,
  plan,
  items,
  post,
  explain,
  dashboard,
  widgets: dashboard,
  log,
  undo,
};

/** Those whose answers a person may want others to see. */
const SHAREABLE: ReadonlySet<Verb> = new Set(['items', 'plan', 'explain', 'log']);

/** Runs what was typed after `/icb`, or what a button says was typed. */
export async function runCommand(bot: BotContext, call: Call, text: string): Promise<void> {
  await refuseInShared(bot, call);
  const parsed = parseCommand(text);
  if (!parsed.ok) return answer(bot, call, misunderstoodMessage(parsed));
  await requireRole(bot, call, neededToRun(parsed.command));
  const { verb } = parsed.command;
  const door = DOORS[verb] as Door<Verb>;
  // In a direct message there is nobody to share with.
  const inChannel = call.channel !== undefined && !call.channel.startsWith('D') && !call.view;
  const file = 'as' in parsed.command && parsed.command.as === 'csv';
  const shown = SHAREABLE.has(verb) && !file && inChannel && !call.sharing;
  await door(bot, shown ? { ...call, shareable: text } : call, parsed.command);
}
